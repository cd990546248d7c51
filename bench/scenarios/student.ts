import { student } from './journeys/student.ts';
import { journeyOptions } from './lib/options.ts';

export { handleSummary } from './lib/summary.ts';
export const options = journeyOptions(10);

export default (): void => student();
