import { describe, expect, it } from 'vitest';
import type { CourseOutline, StoredLearning } from '@eduplatform/contracts/learning';
import { courseProgress, figuresOf } from './progress.ts';

const outline = (...ids: string[]): CourseOutline => ({
  ...{ courseId: 'course', slug: 'course', title: 'A course' },
  lessons: ids.map((id) => ({ id, title: `Lesson ${id}` })),
});
const learning = (given: Partial<StoredLearning> = {}): StoredLearning => ({
  ...{ enrollmentId: 'e', courseId: 'course', courseTitle: 'A course', paymentId: null },
  ...{ enrolledAt: '', lastActivityAt: '', done: [], positions: {}, completion: null },
  ...given,
});
const completion = { completedAt: '2026-01-01T00:00:00.000Z', certificateCode: 'CODE' };

describe('progress in a course', () => {
  it('counts the lessons that are live, with their titles, in their order', () => {
    const progress = courseProgress(learning({ done: ['c', 'removed', 'a'] }), outline('a', 'b', 'c'));
    expect(progress).toMatchObject({
      ...{ percent: 66, doneCount: 2, lessonCount: 3, nextLesson: { id: 'b', title: 'Lesson b' } },
      done: [{ id: 'a' }, { id: 'c' }],
      remaining: [{ id: 'b' }],
    });
  });

  it.each([
    ['lessons remain', learning(), outline('a'), 'lessons_remaining'],
    ['it has none', learning(), outline(), 'no_lessons'],
    ['it is not published', learning({ done: ['a'] }), null, 'not_published'],
    ['it is complete', learning({ done: ['a'], completion }), outline('a'), null],
    ['lessons were added to a complete one', learning({ done: ['a'], completion }), outline('a', 'b'), null],
    ['a complete one is not published any more', learning({ completion }), null, null],
  ])('says why it is not complete: %s', (_name, stored, live, reason) => {
    expect(courseProgress(stored, live)).toMatchObject({ notCompleteBecause: reason, completion: stored.completion });
  });

  it('tells where lessons were left off that can still be opened', () => {
    const stored = learning({ positions: { a: 12, removed: 99 } });
    expect(courseProgress(stored, outline('a', 'b')).positions).toEqual({ a: 12 });
  });

  it('goes on with what was added after the completion', () => {
    expect(figuresOf(learning({ done: ['a'], completion }), outline('a', 'b'))).toMatchObject({
      percent: 50,
      nextLesson: { id: 'b' },
    });
  });
});
