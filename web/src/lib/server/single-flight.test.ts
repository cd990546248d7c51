import { describe, expect, it, vi } from 'vitest';
import { createSingleFlight } from './single-flight.ts';

describe('a single flight', () => {
  it('uses a refresh token once for requests that come together', async () => {
    const run = createSingleFlight<string>({ keepMs: 1000, maxKeys: 10 });
    const work = vi.fn(async () => 'tokens');
    const outcomes = await Promise.all([run('token', work), run('token', work), run('token', work)]);
    expect(outcomes).toEqual(['tokens', 'tokens', 'tokens']);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('hands the outcome to a request that was on its way with the old token', async () => {
    const run = createSingleFlight<string>({ keepMs: 1000, maxKeys: 10 });
    const work = vi.fn(async () => 'tokens');
    await run('token', work, 0);
    await run('token', work, 999);
    expect(work).toHaveBeenCalledTimes(1);
    await run('token', work, 1001);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('tries again after a failure', async () => {
    const run = createSingleFlight<string>({ keepMs: 1000, maxKeys: 10 });
    await expect(run('token', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await expect(run('token', async () => 'tokens')).resolves.toBe('tokens');
  });

  it('forgets the oldest when there are too many', async () => {
    const run = createSingleFlight<string>({ keepMs: 1000, maxKeys: 2 });
    const work = vi.fn(async () => 'tokens');
    for (const key of ['a', 'b', 'c']) await run(key, work, 0);
    await run('a', work, 1);
    expect(work).toHaveBeenCalledTimes(4);
  });
});
