import { describe, expect, it } from 'vitest';
import { ReadCache, type Validity } from './read-cache.ts';
import { Read } from './read.ts';

const mark = { position: '10', at: '2026-01-01T00:00:00.000Z' };

function setUp() {
  const world = { now: 0, hears: true };
  const cache = new ReadCache({
    ...{ freshMs: 5000, maxBytes: 8000 },
    mark: () => mark,
    now: () => world.now,
    hearsChanges: () => world.hears,
  });
  const read = async (key: string, bytes = 500): Promise<Validity | null> =>
    (
      await cache.get(
        key,
        key,
        null,
        async () => ({ value: key, bytes }),
        () => false,
      )
    ).validity;
  return { world, cache, read };
}
type World = ReturnType<typeof setUp>;

describe('what the cache answered is valid', () => {
  it('as long as the cache would answer the same', async () => {
    const { cache, read, world } = setUp();
    const [one, other] = [await read('a'), await read('b')];
    expect(await read('a')).toBe(one);
    world.now = 4999;
    expect(cache.areFresh([one as Validity, other as Validity])).toBe(true);
  });

  it.each<[string, (world: World) => unknown]>([
    ['the time of an entry is over', ({ world }) => (world.now = 5000)],
    ['what it was read from has changed', ({ cache }) => cache.invalidate(['a'])],
    ['changes may have been missed', ({ cache }) => cache.expireAll()],
    ['changes are not heard of', ({ world }) => (world.hears = false)],
    [
      'others pushed it out',
      async ({ read }) => {
        for (let index = 0; index < 20; index += 1) await read(`other ${index}`);
      },
    ],
    [
      'it was replaced',
      async ({ cache }) => {
        const load = async () => ({ value: 'newer', bytes: 1 });
        await cache.get('a', 'a', '11', load, () => false);
      },
    ],
  ])('no longer when %s', async (_when, happen) => {
    const setting = setUp();
    const one = (await setting.read('a')) as Validity;
    const other = (await setting.read('b')) as Validity;
    expect(setting.cache.areFresh([other, one])).toBe(true);
    await happen(setting);
    expect(setting.cache.areFresh([other, one])).toBe(false);
  });

  it('never when it is too large to be kept', async () => {
    expect(await setUp().read('a', 4000)).toBeNull();
  });
});

describe('what a read was made of', () => {
  const answer = (validity: Validity | null = { freshUntil: 1, era: 0, isHeld: true }) => ({
    ...{ value: 'a', seen: mark, isFallback: false, validity },
  });

  it('names the generation that it was read from, whichever is in use by now', () => {
    const read = new Read();
    expect(read.basis).toBeNull();
    read.sawCached(answer(), 1);
    read.sawCached(answer(), 1);
    expect(read.basis).toMatchObject({ generation: 1, validities: [{}, {}] });
  });

  it.each<[string, (read: Read) => void]>([
    ['a further generation', (read) => read.sawCached(answer(), 2)],
    ['what the cache does not keep', (read) => read.sawCached(answer(null), 1)],
    ['what was read past the cache', (read) => read.saw(mark)],
  ])('is not known after %s', (_what, happen) => {
    const read = new Read();
    read.sawCached(answer(), 1);
    happen(read);
    read.sawCached(answer(), 1);
    expect(read.basis).toBeNull();
  });
});
