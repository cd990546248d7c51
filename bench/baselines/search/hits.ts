import type { CourseCard } from '@eduplatform/contracts/documents';
import type { LessonAccess } from '@eduplatform/contracts/primitives';
import type { SearchHit } from '@eduplatform/contracts/search';
import { marked, snippetOf } from './highlight.ts';

/** A course, or one of its lessons. */
export interface Found {
  card: CourseCard;
  lesson: FoundLesson | null;
}

export interface FoundLesson {
  id: string;
  title: string;
  access: LessonAccess;
  locked: boolean;
  /** May be null where it is locked. */
  text: string | null;
}

/** @param matches what to mark */
export function hitOf({ card, lesson }: Found, matches: RegExp | null): SearchHit {
  if (!lesson) {
    return {
      type: 'course',
      course: card,
      titleHighlighted: marked(card.title, matches),
      subtitleHighlighted: marked(card.subtitle, matches),
    };
  }
  const { id, title, access, locked, text } = lesson;
  return {
    type: 'lesson',
    id,
    title,
    course: { id: card.id, slug: card.slug, title: card.title },
    card,
    access,
    locked,
    // Texts are kept whole, so nobody knows under which heading a match stands.
    heading: null,
    anchor: null,
    titleHighlighted: locked ? null : marked(title, matches),
    snippet: locked || text === null ? null : snippetOf(text, matches),
  };
}
