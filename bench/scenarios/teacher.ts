import { teacher } from './journeys/teacher.ts';
import { journeyOptions } from './lib/options.ts';

export { handleSummary } from './lib/summary.ts';
export const options = journeyOptions(3);

export default (): void => teacher();
