/** `npm run bench:freshness`: how long after a commit its change is in Redis and can be searched for. */
import { benchFreshness } from '@eduplatform/bench/freshness';

try {
  process.exitCode = await benchFreshness((line) => void process.stdout.write(`${line}\n`));
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.stdout.write(`freshness void: ${(error as Error).message.split('\n')[0]}\n`);
  process.exitCode = 1;
}
