/** Process of the load generator: runs the bursts that its parent sends, one at a time. */
import { runBurst, type Burst, type BurstResult } from './burst.ts';

export type Answer = { result: BurstResult } | { error: string };

process.on('message', (message: Burst | 'shutdown') => {
  if (message === 'shutdown') process.exit(0);
  runBurst(message).then(
    (result) => process.send?.({ result } satisfies Answer),
    (error: Error) => process.send?.({ error: error.message } satisfies Answer),
  );
});
process.on('disconnect', () => process.exit(0));
