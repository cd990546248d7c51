import { describe, expect, it } from 'vitest';
import { nextRun } from './next-run.ts';

describe('nextRun', () => {
  it('shares a run among callers at once, and never one that began before the call', async () => {
    const finish: (() => void)[] = [];
    const run = nextRun(() => new Promise((resolve) => finish.push(resolve)));
    const first = [run(), run()];
    await Promise.resolve();
    expect(finish).toHaveLength(1);
    const second = [run(), run(), run()];
    finish[0]?.();
    await Promise.all(first);
    await Promise.resolve();
    expect(finish).toHaveLength(2);
    finish[1]?.();
    await Promise.all(second);
    expect(finish).toHaveLength(2);
  });

  it('goes on after a failure, which all who shared it see', async () => {
    let calls = 0;
    const run = nextRun(async () => {
      calls += 1;
      if (calls === 1) throw new Error('away');
    });
    const outcomes = await Promise.allSettled([run(), run()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(run()).resolves.toBeUndefined();
  });
});
