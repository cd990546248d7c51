import { expect, test } from 'vitest';
import { isAnnouncementDue, pauseMs } from './pause.ts';

test('an idle sink waits for the poll, but never past its next announcement', () => {
  expect(pauseMs({ pollMs: 500, sinceMs: 0, heldBackLooks: 0 })).toBe(500);
  expect(pauseMs({ pollMs: 500, sinceMs: 900, heldBackLooks: 0 })).toBe(100);
  expect(pauseMs({ pollMs: 500, sinceMs: 1500, heldBackLooks: 0 })).toBe(1);
});

test('rows that are held back are looked for soon, then less often', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7].map((heldBackLooks) => pauseMs({ pollMs: 500, sinceMs: 0, heldBackLooks }));
  expect(pauses).toEqual([5, 10, 20, 40, 80, 100, 100]);
});

test('a horizon that stands still is told once a second, one that moves four times', () => {
  expect(isAnnouncementDue(999, false)).toBe(false);
  expect(isAnnouncementDue(1000, false)).toBe(true);
  expect(isAnnouncementDue(249, true)).toBe(false);
  expect(isAnnouncementDue(250, true)).toBe(true);
});
