import { expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';

it('no more works than allowed run at once, and each runs, also behind one that fails', async () => {
  const run = inTurn(3);
  let running = 0;
  let most = 0;
  const work = async (index: number): Promise<number> => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    if (index % 4 === 0) throw new Error('failed');
    return index;
  };
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => run(() => work(index))));
  expect(most).toBe(3);
  expect(results.map(({ status }) => status === 'fulfilled')).toEqual(results.map((_, index) => index % 4 !== 0));
});
