import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter.ts';

describe('a limiter', () => {
  it('runs so many at once, lets so many wait, and refuses the rest', async () => {
    const limited = createLimiter({ concurrency: 2, maxWaiting: 1, refuse: () => new Error('full') });
    const started: number[] = [];
    const gates = [1, 2, 3].map(() => Promise.withResolvers<true>());
    const run = (index: number) =>
      limited(async () => {
        started.push(index);
        await gates[index]?.promise;
      });
    const tasks = [run(0), run(1), run(2)];
    await expect(run(3)).rejects.toThrow('full');
    expect(started).toEqual([0, 1]);
    gates[0]?.resolve(true);
    await tasks[0];
    expect(started).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve(true);
    await Promise.all(tasks);
    await expect(limited(async () => 'free again')).resolves.toBe('free again');
  });

  it('goes on after a task that fails', async () => {
    const limited = createLimiter({ concurrency: 1, maxWaiting: 5, refuse: () => new Error('full') });
    const failing = limited(() => Promise.reject(new Error('no')));
    const next = limited(async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });
});
