import { describe, expect, it } from 'vitest';
import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import { ReadCache, type Loaded } from './read-cache.ts';

const mark = (position: string): SinkWatermark => ({ position, at: '2026-01-01T00:00:00.000Z' });

function setUp({ freshMs = 5000, maxBytes = 100_000 } = {}) {
  const world = { now: 0, mark: mark('10'), hears: true };
  const cache = new ReadCache({
    ...{ freshMs, maxBytes },
    mark: () => world.mark,
    now: () => world.now,
    hearsChanges: () => world.hears,
  });
  const loads: ((value: string | Error) => void)[] = [];
  const load = () =>
    new Promise<Loaded<string>>((resolve, reject) => {
      loads.push((value) => (value instanceof Error ? reject(value) : resolve({ value, bytes: 100 })));
    });
  const get = (key = 'k', after: string | null = null, topic = key) => cache.get(key, topic, after, load, () => true);
  const fill = async (value: string, key = 'k', after: string | null = null) => {
    const answer = get(key, after);
    loads.pop()?.(value);
    return (await answer).value;
  };
  return { world, cache, loads, get, fill };
}

describe('the read cache', () => {
  it('loads a key once for a thousand callers at once', async () => {
    const { get, loads } = setUp();
    const answers = Array.from({ length: 1000 }, () => get());
    expect(loads).toHaveLength(1);
    loads[0]?.('value');
    expect(new Set((await Promise.all(answers)).map(({ value }) => value))).toEqual(new Set(['value']));
  });

  it('serves an entry while it is fresh, and loads again after that', async () => {
    const { get, fill, loads, world } = setUp();
    await fill('old');
    world.now = 4999;
    expect((await get()).value).toBe('old');
    world.now = 5000;
    expect(await fill('new')).toBe('new');
    expect(loads).toHaveLength(0);
  });

  it('says which watermark was seen before the value was read, not after', async () => {
    const { get, loads, world } = setUp();
    const answer = get();
    world.mark = mark('20');
    loads[0]?.('value');
    expect((await answer).seen).toEqual(mark('10'));
  });

  it('gives a caller with a position no entry that was read before it', async () => {
    const { fill, get, world } = setUp();
    await fill('old');
    expect((await get('k', '10')).value).toBe('old');
    world.mark = mark('15');
    expect(await fill('new', 'k', '15')).toBe('new');
    expect((await get('k', '15')).value).toBe('new');
  });

  it('lets a caller with a position join no flight that began before it', async () => {
    const { get, loads, world } = setUp();
    const early = get();
    world.mark = mark('15');
    const late = get('k', '15');
    const later = get('k', '15');
    expect(loads).toHaveLength(2);
    loads[1]?.('new');
    loads[0]?.('old');
    expect([(await early).value, (await late).value, (await later).value]).toEqual(['old', 'new', 'new']);
    expect((await get('k', '15')).value).toBe('new');
  });

  it('forgets what was announced as changed, and keeps nothing that was being read meanwhile', async () => {
    const { cache, get, fill, loads } = setUp();
    await fill('old', 'a');
    await fill('other', 'b');
    const reading = get('c');
    cache.invalidate(['a', 'c']);
    const joining = get('c');
    expect(loads).toHaveLength(2);
    loads[0]?.('before');
    loads[1]?.('after');
    expect([(await reading).value, (await joining).value]).toEqual(['before', 'after']);
    expect((await get('b')).value).toBe('other');
    expect((await get('c')).value).toBe('after');
    expect(await fill('new', 'a')).toBe('new');
  });

  it('forgets all that was read under one topic', async () => {
    const { cache, loads } = setUp();
    const load = async (): Promise<Loaded<number>> => {
      loads.push(() => {});
      return { value: loads.length, bytes: 1 };
    };
    const read = async (key: string) => (await cache.get(key, 'list', null, load, () => false)).value;
    expect([await read('page 1'), await read('page 2'), await read('page 1')]).toEqual([1, 2, 1]);
    cache.invalidate(['list']);
    expect([await read('page 1'), await read('page 2')]).toEqual([3, 4]);
  });

  it('falls back to an older copy when the model cannot be read, and says so', async () => {
    const { cache, fill, get, loads } = setUp();
    await fill('old');
    cache.expireAll();
    const answer = get();
    loads.at(-1)?.(new Error('Redis is gone'));
    expect(await answer).toEqual({ value: 'old', seen: mark('10'), isFallback: true, validity: null });
    const missing = get('never read');
    loads.at(-1)?.(new Error('Redis is gone'));
    await expect(missing).rejects.toThrow('Redis is gone');
  });

  it('takes nothing as fresh while announcements do not arrive', async () => {
    const { fill, world } = setUp();
    await fill('old');
    world.hears = false;
    expect(await fill('new')).toBe('new');
  });

  it('does not keep a failure', async () => {
    const { get, fill, loads } = setUp();
    const answer = get();
    loads.pop()?.(new Error('Redis is gone'));
    await expect(answer).rejects.toThrow('Redis is gone');
    expect(await fill('value')).toBe('value');
  });

  it('stays within its bytes', async () => {
    const { cache, fill } = setUp({ maxBytes: 1000 });
    for (let index = 0; index < 50; index += 1) await fill('value', `key ${index}`);
    expect(cache.bytes).toBeLessThanOrEqual(1000);
    expect(cache.bytes).toBeGreaterThan(0);
  });
});
