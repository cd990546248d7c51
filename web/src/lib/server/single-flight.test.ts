import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSingleFlight } from './single-flight.ts';

const options = { keepMs: 1000, keepFailureMs: 500, maxKeys: 10 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a single flight', () => {
  it('uses a refresh token once for requests that come together', async () => {
    const { run } = createSingleFlight<string>(options);
    const work = vi.fn(async () => 'tokens');
    const outcomes = await Promise.all([run('token', work), run('token', work), run('token', work)]);
    expect(outcomes).toEqual(['tokens', 'tokens', 'tokens']);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('hands the outcome to a request that was on its way with the old token', async () => {
    const { run } = createSingleFlight<string>(options);
    const work = vi.fn(async () => 'tokens');
    await run('token', work);
    vi.setSystemTime(999);
    await run('token', work);
    expect(work).toHaveBeenCalledTimes(1);
    vi.setSystemTime(1001);
    await run('token', work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('does not try again at once after a failure', async () => {
    const { run, knows } = createSingleFlight<string>(options);
    const work = vi.fn(async () => 'tokens');
    await expect(run('token', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    vi.setSystemTime(499);
    expect(knows('token')).toBe(true);
    await expect(run('token', work)).rejects.toThrow('away');
    vi.setSystemTime(501);
    expect(knows('token')).toBe(false);
    await expect(run('token', work)).resolves.toBe('tokens');
  });

  it('forgets the oldest when there are too many', async () => {
    const { run } = createSingleFlight<string>({ ...options, maxKeys: 2 });
    const work = vi.fn(async () => 'tokens');
    for (const key of ['a', 'b', 'c']) await run(key, work);
    await run('a', work);
    expect(work).toHaveBeenCalledTimes(4);
  });
});
