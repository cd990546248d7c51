import { expect, test } from 'vitest';
import { compareBursts, describeP99, tableOf, type Measured } from './figures.ts';

const bursts = (...values: number[]) => values.map((requestsPerSecond) => ({ requestsPerSecond, p99Ms: 10 }));
const measured = (again: number): Measured => ({
  what: 'a course',
  bursts: {
    'first version on SQL': bursts(100, 110, 90),
    'tuned SQL': bursts(200, 220, 180),
    'read API': bursts(1000, 1100, 900),
    'read API again': bursts(again, again * 1.1, again * 0.9),
  },
});

test('each is compared with the first version, round by round', () => {
  const [subject] = compareBursts([measured(1000)]).subjects;
  expect(subject?.figures.map(({ toFirst }) => toFirst)).toEqual([1, 2, 10, 10]);
});

test('two processes of one program that differ say that nothing can be told', () => {
  expect(compareBursts([measured(1000)]).isControlled).toBe(true);
  expect(compareBursts([measured(700)]).isControlled).toBe(false);
});

test('the table has a line for each contender of each subject', () => {
  expect(tableOf(compareBursts([measured(1000)]))).toHaveLength(6);
  expect([0, 3.2, 1200].map(describeP99)).toEqual(['< 1 ms', '3 ms', '1,200 ms']);
});
