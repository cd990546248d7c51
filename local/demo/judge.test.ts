import { expect, test } from 'vitest';
import { judge, type Reading } from './judge.ts';

const reading = (changes: Partial<Reading>): Reading => ({
  ...{ kind: 'course', status: 200, body: { title: 'Quenchfire 5' }, isStale: false, wanted: 5, highest: 6 },
  ...changes,
});

test('an answer at or past what was asked for is right', () => {
  expect(judge(reading({}))).toBe('right');
  expect(judge(reading({ wanted: 0 }))).toBe('right');
  expect(judge(reading({ kind: 'catalog', body: { items: [{ title: 'Other' }, { title: 'Quenchfire 6' }] } }))).toBe(
    'right',
  );
});

test('an older answer is wrong unless it says that it is old', () => {
  expect(judge(reading({ wanted: 6 }))).toBe('wrong');
  expect(judge(reading({ wanted: 6, isStale: true }))).toBe('stale');
});

test('an edition that was never published, a missing course and an error are wrong', () => {
  expect(judge(reading({ body: { title: 'Quenchfire 7' } }))).toBe('wrong');
  expect(judge(reading({ kind: 'search', body: { items: [], degraded: false } }))).toBe('wrong');
  expect(judge(reading({ status: 404, body: {} }))).toBe('wrong');
});

test('a 503 is counted by itself, and lists in the place of hits are told apart', () => {
  expect(judge(reading({ status: 503, body: {} }))).toBe('unavailable');
  expect(judge(reading({ kind: 'search', body: { items: [], degraded: true } }))).toBe('degraded');
});
