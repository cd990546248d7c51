import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isComplete, progressOf } from './progress.ts';

const ids = fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: 40 });

test('done and remaining are the live lessons, each once and in their order', () => {
  fc.assert(
    fc.property(ids, ids, (lessons, marked) => {
      const { done, remaining, doneCount, lessonCount } = progressOf(lessons, marked);
      expect(lessons.filter((id) => done.includes(id))).toEqual(done);
      expect([...done, ...remaining].sort()).toEqual([...lessons].sort());
      expect([doneCount, lessonCount]).toEqual([done.length, lessons.length]);
    }),
  );
});

test('100 percent and completion mean that no live lesson remains', () => {
  fc.assert(
    fc.property(ids, ids, (lessons, marked) => {
      const progress = progressOf(lessons, marked);
      expect(progress.percent === 100).toBe(isComplete(progress));
      expect(isComplete(progress)).toBe(lessons.length > 0 && progress.remaining.length === 0);
      expect(progress.next === null).toBe(progress.remaining.length === 0);
    }),
  );
});

test('marking another lesson never takes progress away', () => {
  fc.assert(
    fc.property(ids, ids, fc.integer({ min: 0, max: 60 }).map(String), (lessons, marked, more) => {
      expect(progressOf(lessons, [...marked, more]).percent).toBeGreaterThanOrEqual(
        progressOf(lessons, marked).percent,
      );
    }),
  );
});

test('lessons that are not live any more count for nothing', () => {
  expect(progressOf(['a', 'b'], ['a', 'gone'])).toMatchObject({ doneCount: 1, percent: 50, remaining: ['b'] });
  expect(progressOf([], ['gone'])).toMatchObject({ percent: 0, next: null });
});

test('the next lesson is behind the last one done, then the first that was skipped', () => {
  expect(progressOf(['a', 'b', 'c', 'd'], ['c']).next).toBe('d');
  expect(progressOf(['a', 'b', 'c'], ['c']).next).toBe('a');
});
