import { parseArgs } from 'node:util';
import { supervise } from './supervise.ts';

/** What `npm start` and `npm run dev` do; answers the exit code. */
export async function startCommand(development: boolean): Promise<number> {
  try {
    const { scale } = parseArgs({ options: { scale: { type: 'string' } } }).values;
    return await supervise({ development, scale }, process.stdout);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}
