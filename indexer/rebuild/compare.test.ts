import { expect, test } from 'vitest';
import type { HeldEntry } from '../sinks/held-view.ts';
import { compareEntries, compareGenerations } from './compare.ts';

const HORIZON = '5';
const entry = (version: string, hash: string | null, key = 'card:1'): HeldEntry => ({ key, version, hash });

test('the same content is the same, whatever its versions', () => {
  expect(compareEntries(entry('9', 'a'), entry('5', 'a'), HORIZON)).toBe('same');
  expect(compareEntries(entry('9', null), entry('5', null), HORIZON)).toBe('same');
  expect(compareEntries(entry('9', null), undefined, HORIZON)).toBe('same');
});

test('another content is behind only under a later version', () => {
  expect(compareEntries(entry('9', 'a'), entry('5', 'b'), HORIZON)).toBe('behind');
  expect(compareEntries(entry('5', 'a'), entry('5', 'b'), HORIZON)).toBe('renewed');
  expect(compareEntries(entry('6', 'a'), entry('7', 'b'), HORIZON)).toBe('renewed');
});

test('what the next generation lacks was not there when it began', () => {
  expect(compareEntries(entry('4', 'a'), undefined, HORIZON)).toBe('missing');
  expect(compareEntries(entry('6', 'a'), undefined, HORIZON)).toBe('behind');
  expect(compareEntries(entry('6', 'a'), entry('7', null), HORIZON)).toBe('missing');
  expect(compareEntries(entry('6', null), entry('5', 'a'), HORIZON)).toBe('behind');
});

test('the generations are compared page by page, and what may be behind is named', async () => {
  const live = {
    async *entries() {
      yield [entry('1', 'a', 'k1'), entry('9', 'b', 'k2')];
      yield [entry('9', 'c', 'k3')];
    },
  };
  const held = new Map([entry('5', 'z', 'k1'), entry('5', 'y', 'k2'), entry('5', 'c', 'k3')].map((e) => [e.key, e]));
  const next = { find: async (keys: readonly string[]) => new Map([...held].filter(([key]) => keys.includes(key))) };
  const counts: number[] = [];
  const { signal } = new AbortController();
  const onPage = async (compared: number) => void counts.push(compared);
  const result = await compareGenerations(live, next, { horizon: HORIZON, signal, onPage });
  expect(result).toEqual({ compared: 3, renewed: 1, missing: 0, suspects: ['k2'] });
  expect(counts).toEqual([2, 3]);
});
