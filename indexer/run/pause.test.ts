import { expect, test } from 'vitest';
import { ANNOUNCE_MS, isAnnouncementDue, pauseMs } from './pause.ts';

const INTERVALS = { pollMs: 500, announceMs: ANNOUNCE_MS };

test('an idle sink waits for the poll, but never past its next announcement', () => {
  expect(pauseMs({ ...INTERVALS, sinceMs: 0, heldBackLooks: 0 })).toBe(500);
  expect(pauseMs({ ...INTERVALS, sinceMs: 900, heldBackLooks: 0 })).toBe(100);
  expect(pauseMs({ ...INTERVALS, sinceMs: 1500, heldBackLooks: 0 })).toBe(1);
});

test('rows that are held back are looked for soon, then less often', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7].map((heldBackLooks) => pauseMs({ ...INTERVALS, sinceMs: 0, heldBackLooks }));
  expect(pauses).toEqual([5, 10, 20, 40, 80, 100, 100]);
});

test('a horizon that stands still is told once a second, one that moves four times', () => {
  expect(isAnnouncementDue(999, false, ANNOUNCE_MS)).toBe(false);
  expect(isAnnouncementDue(1000, false, ANNOUNCE_MS)).toBe(true);
  expect(isAnnouncementDue(249, true, ANNOUNCE_MS)).toBe(false);
  expect(isAnnouncementDue(250, true, ANNOUNCE_MS)).toBe(true);
});
