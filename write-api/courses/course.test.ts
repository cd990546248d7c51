import { describe, expect, it } from 'vitest';
import { assertMayEdit, assertSize, assertVersion, draftState, patchCourse, type Course } from './course.ts';

const course: Course = {
  id: 'c1',
  ownerId: 'owner',
  slug: 'bread',
  title: 'Bread',
  subtitle: '',
  descriptionMd: '',
  language: 'en',
  level: 'beginner',
  category: 'cooking',
  price: null,
  outcomes: [],
  version: 5,
  publishedVersion: null,
  liveRevision: null,
  firstPublishedAt: null,
  publishedAt: null,
  archivedAt: null,
  updatedAt: new Date(0),
};
const live: Course = { ...course, liveRevision: 2, publishedVersion: 5, firstPublishedAt: new Date(1) };
const problem = (code: string) => expect.objectContaining({ code });

describe('a course', () => {
  it.each([
    ['draft', course],
    ['live', live],
    ['changed', { ...live, version: 6 }],
    ['unpublished', { ...live, liveRevision: null, publishedVersion: null }],
  ])('is %s', (state, given) => {
    expect(draftState(given)).toBe(state);
  });

  it('may be edited by its teacher and by admins', () => {
    expect(() =>
      assertMayEdit(course, { id: 'owner', role: 'teacher', isVerified: true }, 'course_not_found'),
    ).not.toThrow();
    expect(() =>
      assertMayEdit(course, { id: 'boss', role: 'admin', isVerified: true }, 'course_not_found'),
    ).not.toThrow();
  });

  it.each([
    ['teacher', 'other'],
    ['student', 'other'],
    ['student', 'owner'],
  ] as const)('does not exist for a %s (%s) until it is live, and is then forbidden', (role, id) => {
    expect(() => assertMayEdit(course, { id, role, isVerified: true }, 'lesson_not_found')).toThrow(
      problem('lesson_not_found'),
    );
    expect(() => assertMayEdit(live, { id, role, isVerified: true }, 'lesson_not_found')).toThrow(problem('forbidden'));
  });

  it('refuses another version than its own, and says which that is', () => {
    expect(() => assertVersion(course, 5)).not.toThrow();
    expect(() => assertVersion(course, 4)).toThrow(problem('version_conflict'));
    expect(() => assertVersion(course, 4)).toThrow(/current version is 5/);
  });

  it('has at most 100 modules and 500 lessons', () => {
    expect(() => assertSize(100, 500)).not.toThrow();
    expect(() => assertSize(101, 0)).toThrow(problem('course_too_large'));
    expect(() => assertSize(0, 501)).toThrow(problem('course_too_large'));
  });
});

describe('a patch', () => {
  it('changes the given fields alone, without the white space around them', () => {
    const price = { amount: 1900, currency: 'USD' };
    expect(patchCourse(course, { title: ' Rye ', price, outcomes: [' bake '] })).toEqual({
      ...course,
      title: 'Rye',
      price,
      outcomes: ['bake'],
    });
  });

  it('that changes nothing is nothing', () => {
    expect(patchCourse(course, { title: 'Bread ', price: { amount: 0, currency: 'USD' }, outcomes: [] })).toBeNull();
    expect(patchCourse(live, { slug: 'bread' })).toBeNull();
  });

  it('cannot change the slug once the course has been published', () => {
    expect(patchCourse(course, { slug: 'rye' })).toMatchObject({ slug: 'rye' });
    expect(() => patchCourse(live, { slug: 'rye' })).toThrow(problem('slug_frozen'));
  });
});
