import type { CourseHit, LessonHit } from '@eduplatform/contracts/search';
import { describe, expect, it } from 'vitest';
import { courses } from '../../../test/fixtures/courses.ts';
import { groupHits } from './group-hits.ts';

const [first, second] = courses;
if (!first || !second) throw new Error('two fixture courses are needed');

const courseHit = ({ card }: typeof first): CourseHit => ({
  type: 'course',
  course: card,
  titleHighlighted: `<mark>${card.title}</mark>`,
  subtitleHighlighted: card.subtitle,
});

const lessonHit = ({ card, lessons }: typeof first, index: number, withCard = true): LessonHit => ({
  type: 'lesson',
  id: lessons[index]?.id ?? '',
  title: lessons[index]?.title ?? '',
  course: { id: card.id, slug: card.slug, title: card.title },
  card: withCard ? card : null,
  access: 'free',
  locked: false,
  heading: null,
  anchor: null,
  titleHighlighted: null,
  snippet: null,
});

describe('grouping hits', () => {
  it('puts lessons under their course, in the order in which they were found', () => {
    const groups = groupHits([lessonHit(first, 2), courseHit(second), lessonHit(first, 0), lessonHit(second, 1)]);
    expect(groups.map(({ slug }) => slug)).toEqual([first.card.slug, second.card.slug]);
    expect(groups[0]?.lessons.map(({ id }) => id)).toEqual([first.lessons[2]?.id, first.lessons[0]?.id]);
    expect(groups[1]?.lessons).toHaveLength(1);
  });

  it('keeps the course’s own match apart from its lessons', () => {
    const [group] = groupHits([lessonHit(first, 0), courseHit(first)]);
    expect(group?.hit?.titleHighlighted).toContain('<mark>');
    expect(group?.card).toEqual(first.card);
  });

  it('takes the card from a lesson when the course itself did not match', () => {
    const [group] = groupHits([lessonHit(first, 0)]);
    expect(group).toMatchObject({ hit: null, card: { slug: first.card.slug } });
  });

  it('still names the course when its card cannot be read', () => {
    const [group] = groupHits([lessonHit(first, 0, false)]);
    expect(group).toMatchObject({ card: null, title: first.card.title, slug: first.card.slug });
  });

  it('shows a hit once that comes on two pages of results', () => {
    const groups = groupHits([courseHit(first), lessonHit(first, 0), courseHit(first), lessonHit(first, 0)]);
    expect(groups).toHaveLength(1);
    expect(groups[0]?.lessons).toHaveLength(1);
  });
});
