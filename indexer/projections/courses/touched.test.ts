import { describe, expect, test } from 'vitest';
import { NO_KEYS } from './keys.ts';
import { namedKeys, PAGE_SIZE } from './pages.ts';
import { nothingTouched, touchedBy, TOUCHES_WITHOUT_STUDENTS } from './touched.ts';

describe('what events touch', () => {
  test('a first publish touches the course and the counts', () => {
    const payload = { courseId: 'a', revision: 1, previousRevision: null };
    const touched = touchedBy([{ type: 'course.published', payload }]);
    expect([...touched.courses]).toEqual(['a']);
    expect(touched.categories).toBe(true);
  });

  test('a later publish touches the revision that was live before, and not the counts', () => {
    const payload = { courseId: 'a', revision: 3, previousRevision: 2 };
    const touched = touchedBy([{ type: 'course.published', payload }]);
    expect(touched.revisions.get('a')).toEqual(new Set([2]));
    expect(touched.categories).toBe(false);
  });

  test('events on one course collapse into one course with all its earlier revisions', () => {
    const touched = touchedBy([
      { type: 'course.published', payload: { courseId: 'a', revision: 2, previousRevision: 1 } },
      { type: 'course.published', payload: { courseId: 'a', revision: 3, previousRevision: 2 } },
    ]);
    expect([...namedKeys(touched)]).toMatchObject([{ courses: ['a'], revisions: [{ revision: 1 }, { revision: 2 }] }]);
  });

  test('a deletion names the lessons and the slug, since nothing is left to load them from', () => {
    const payload = { courseId: 'a', ownerId: 'o', lessonIds: ['x', 'y'], slug: 'gone' };
    const touched = touchedBy([{ type: 'course.deleted', payload }]);
    expect([...namedKeys(touched)]).toEqual([
      { ...NO_KEYS, courses: ['a'], lessons: ['x', 'y'], slugs: ['gone'], categories: true },
    ]);
  });

  test('drafts, sign-ups and events of a later version touch nothing', () => {
    const touched = touchedBy([
      { type: 'course.draft_changed', payload: { courseId: 'a', change: 'title' } },
      { type: 'user.registered', payload: { userId: 'u' } },
      { type: 'course.reviewed', payload: {} },
      { type: 'toString', payload: {} },
    ]);
    expect(touched).toEqual(nothingTouched());
    expect([...namedKeys(touched)]).toEqual([]);
  });

  test('an enrollment touches the figures of the course and not its lessons, and nothing in search', () => {
    const rows = [{ type: 'enrollment.changed', payload: { userId: 'u', courseId: 'a' } }];
    expect([...namedKeys(touchedBy(rows))]).toEqual([{ ...NO_KEYS, heads: ['a'] }]);
    expect(touchedBy(rows, TOUCHES_WITHOUT_STUDENTS)).toEqual(nothingTouched());
  });

  test('a course that is loaded wholly is not loaded again for its figures', () => {
    const rows = [
      { type: 'review.changed', payload: { reviewId: 'r', courseId: 'a', userId: 'u' } },
      { type: 'course.archive_changed', payload: { courseId: 'a' } },
    ];
    expect([...namedKeys(touchedBy(rows))]).toEqual([{ ...NO_KEYS, courses: ['a'], categories: true }]);
  });

  test('many courses come in pages, what belongs to no course with the first', () => {
    const rows = Array.from({ length: PAGE_SIZE + 1 }, (_, index) => ({
      type: 'course.unpublished',
      payload: { courseId: String(index), revision: 1 },
    }));
    const pages = [...namedKeys(touchedBy(rows))];
    expect(pages.map(({ courses, categories }) => [courses.length, categories])).toEqual([
      [PAGE_SIZE, true],
      [1, false],
    ]);
  });
});
