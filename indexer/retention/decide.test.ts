import { expect, test } from 'vitest';
import { formatPosition } from '@eduplatform/contracts/positions';
import type { SinkName } from '../leader/generations.ts';
import { decideRetention, type Partition, type Reader } from './decide.ts';

const DAY = 24 * 3600 * 1000;
const ages = { safetyMs: 7 * DAY, hardMs: 30 * DAY };
const at = (transactionId: number) =>
  formatPosition({ history: 1, transactionId: String(transactionId), position: '1' });
const partition = (name: string, daysAgo: number, last: number | null): Partition => ({
  ...{ name, endsAt: -daysAgo * DAY },
  last: last === null ? null : at(last),
});
const reader = (sink: SinkName, position: number, lastRow: number | null = position): Reader => ({
  ...{ sink, isNext: false, position: at(position) },
  lastRow: lastRow === null ? null : at(lastRow),
});
const dropped = (partitions: Partition[], readers: Reader[]) =>
  decideRetention(partitions, readers, ages, 0).map(({ partition: { name }, leftBehind }) => [
    name,
    ...leftBehind.map(({ sink }) => sink),
  ]);

test('what all have passed goes when it is older than the safety age', () => {
  expect(dropped([partition('new', 6, 20), partition('old', 8, 10)], [reader('redis', 30)])).toEqual([['old']]);
});

test('what one has not passed stays, and all behind it, until the hard age', () => {
  const partitions = [partition('a', 25, 10), partition('b', 18, 20), partition('c', 11, 30)];
  expect(dropped(partitions, [reader('redis', 40), reader('search', 15)])).toEqual([['a']]);
  expect(dropped([partition('a', 31, 10), ...partitions.slice(1)], [reader('redis', 40), reader('search', 5)])).toEqual(
    [['a', 'search']],
  );
});

test('the row of a checkpoint is never dropped, however old it is', () => {
  expect(dropped([partition('a', 100, 10)], [reader('redis', 50, 10)])).toEqual([]);
  expect(dropped([partition('a', 100, 10)], [reader('redis', 50, 8)])).toEqual([]);
  expect(dropped([partition('a', 100, 10)], [reader('redis', 50, 11)])).toEqual([['a']]);
  expect(dropped([partition('a', 100, 10)], [reader('redis', 50, null)])).toEqual([['a']]);
});

test('an empty partition goes with its age alone', () => {
  expect(dropped([partition('a', 8, null), partition('b', 1, null)], [reader('redis', 1)])).toEqual([['a']]);
});

test('a rebuild that is under way holds back what it has to catch up with', () => {
  expect(dropped([partition('a', 10, 10)], [reader('redis', 50), { ...reader('redis', 5), isNext: true }])).toEqual([]);
});
