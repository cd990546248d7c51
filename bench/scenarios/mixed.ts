import { mixed } from './journeys/mixed.ts';
import { journeyOptions } from './lib/options.ts';

export { handleSummary } from './lib/summary.ts';
export const options = journeyOptions(10);

export default (): void => mixed();
