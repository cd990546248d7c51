import { expect, test } from 'vitest';
import { TaskOrder } from './task-order.ts';

test('uids that grow are those of a server that goes on', () => {
  const order = new TaskOrder();
  expect(order.isSetBack([0])).toBe(false);
  expect(order.isSetBack([4, 3])).toBe(false);
  expect(order.isSetBack([])).toBe(false);
  expect(order.isSetBack([5])).toBe(false);
});

test('a uid that was given out before is that of a server that was set back', () => {
  const order = new TaskOrder();
  order.isSetBack([7, 8]);
  expect(order.isSetBack([8])).toBe(true);
  expect(order.isSetBack([3])).toBe(true);
});
