import { expect, test } from 'vitest';
import { timeLeft } from './time-left.ts';

test('the time left is what is left at this rate', () => {
  expect(timeLeft(100, 750, 10)).toBe('1:05 left');
  expect(timeLeft(0, 72_000, 10)).toBe('2:00:00 left');
});

test('nothing is said where nothing is known or left', () => {
  expect([timeLeft(0, 10, 0), timeLeft(10, 10, 5), timeLeft(3, 0, 5)]).toEqual(['', '', '']);
});
