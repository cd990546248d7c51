import { describe, expect, it } from 'vitest';
import { courseHit, lessonHit } from './hits.ts';

const guard = { access: 'free', courseId: 'course', ownerId: 'owner' } as const;
const tags = { pre: '[', post: ']' };
const SECRET = 'Shaggy [flour] turns supple';
const lesson = {
  id: 'lesson',
  courseId: 'course',
  courseSlug: 'bread',
  courseTitle: 'Bread',
  ownerId: 'owner',
  title: 'Mixing',
  access: 'paid' as const,
  _formatted: { title: '[Mixing]', sections: [{ heading: 'On [flour]', anchor: 'on-[flour]', text: SECRET }] },
  _matchesPosition: { 'sections.text': [{ start: 7, length: 5 }] },
  _rankingScore: 0.9,
};

describe('a hit', () => {
  it('of a locked lesson holds its title, heading and lock, whatever the search engine sent along', () => {
    expect(lessonHit(lesson, null, { card: null, guard, isEnrolled: false }, tags)).toEqual({
      type: 'lesson',
      id: 'lesson',
      title: 'Mixing',
      course: { id: 'course', slug: 'bread', title: 'Bread' },
      card: null,
      access: 'paid',
      locked: true,
      heading: 'On flour',
      anchor: 'on-flour',
      titleHighlighted: null,
      snippet: null,
    });
  });

  it('of an open lesson shows where it matched', () => {
    expect(
      lessonHit({ ...lesson, access: 'free' }, null, { card: null, guard, isEnrolled: false }, tags),
    ).toMatchObject({
      titleHighlighted: '<mark>Mixing</mark>',
      snippet: 'Shaggy <mark>flour</mark> turns supple',
    });
  });

  it('of a course with a damaged card is none', () => {
    expect(courseHit({ id: 'course', card: '{"id":' }, tags)).toBeNull();
  });
});
