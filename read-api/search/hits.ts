import type { CourseHit, LessonHit } from '@eduplatform/contracts/search';
import type { CourseSearchDocument, LessonSearchDocument, LessonSection } from '@eduplatform/contracts/search-index';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import { bestSection } from './best-section.ts';
import { parseCard } from './card.ts';
import { entitlementOf, type Standing } from './entitlement.ts';
import { markedHtml, withoutTags, type HighlightTags } from './highlight.ts';

type Formatted<T> = { _formatted?: Partial<T> };
export type FoundCourse = Pick<CourseSearchDocument, 'id' | 'card'> & Formatted<CourseSearchDocument>;
export type FoundLesson = Pick<
  LessonSearchDocument,
  'id' | 'courseId' | 'courseSlug' | 'courseTitle' | 'ownerId' | 'title' | 'access'
> &
  Formatted<LessonSearchDocument>;

/** A course as it is sent; null when its card is damaged. */
export function courseHit({ card, _formatted }: FoundCourse, tags: HighlightTags): CourseHit | null {
  const course = parseCard(card);
  if (!course) return null;
  return {
    type: 'course',
    course,
    titleHighlighted: markedHtml(_formatted?.title ?? course.title, tags),
    subtitleHighlighted: markedHtml(_formatted?.subtitle ?? course.subtitle, tags),
  };
}

/**
 * A lesson as this reader may see it, field by field. Who may not open it gets its title, the heading above the match
 * and a lock: nothing that tells where, or in which words, its text matched.
 */
export function lessonHit(
  found: FoundLesson,
  user: AccessTokenClaims | null,
  standing: Standing,
  tags: HighlightTags,
): LessonHit {
  const { access, locked } = entitlementOf(found, standing, user);
  const sections = found._formatted?.sections ?? [];
  const section = bestSection(sections, tags);
  return {
    type: 'lesson',
    id: found.id,
    title: found.title,
    course: { id: found.courseId, slug: found.courseSlug, title: found.courseTitle },
    card: standing.card,
    access,
    locked,
    heading: plain(section?.heading, tags),
    anchor: plain(section?.anchor, tags),
    titleHighlighted: locked ? null : markedHtml(found._formatted?.title ?? found.title, tags),
    snippet: locked ? null : snippetOf(section ?? sections[0], tags),
  };
}

const snippetOf = (section: LessonSection | undefined, tags: HighlightTags): string | null =>
  section?.text ? markedHtml(section.text, tags) : null;

const plain = (text: string | undefined, tags: HighlightTags): string | null =>
  (text && withoutTags(text, tags)) || null;
