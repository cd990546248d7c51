/** Process of the load generator: runs the bursts that its parent sends, one at a time. */
import { runBurst, type Burst, type BurstResult } from './burst.ts';

/** A burst, which waits for `goesOn` once its connections are open if it is held; and what it then waits for. */
export type Order = { burst: Burst; isHeld: boolean } | { goesOn: boolean };
export type Reply = { kind: 'open' } | { kind: 'done'; result: BurstResult } | { kind: 'failed'; error: string };

let held: PromiseWithResolvers<undefined> | undefined;

const hold = (): Promise<undefined> => {
  held = Promise.withResolvers<undefined>();
  reply({ kind: 'open' });
  return held.promise;
};

const reply = (message: Reply): void => void process.send?.(message);

process.on('message', (order: Order | 'shutdown') => {
  if (order === 'shutdown') process.exit(0);
  if ('goesOn' in order) {
    if (order.goesOn) held?.resolve(undefined);
    else held?.reject(new Error('it was called off'));
    return;
  }
  runBurst(order.burst, order.isHeld ? hold : undefined).then(
    (result) => reply({ kind: 'done', result }),
    (error: Error) => reply({ kind: 'failed', error: error.message }),
  );
});
process.on('disconnect', () => process.exit(0));
