import type { CourseHit, LessonHit, SearchHit } from '@eduplatform/contracts/search';
import { accessOf, mayOpen } from '../answers/access.ts';
import { cardOf, type CardRow } from '../answers/card.ts';
import type { Reader } from '../http/reads.ts';
import { marked, snippetOf } from './highlight.ts';

/** The lesson of a hit; all null in a hit that is a course. */
interface FoundLesson {
  lesson_id: string;
  lesson_title: string;
  body_text: string;
  is_free_preview: boolean;
  is_enrolled: boolean;
}

export type HitRow = CardRow & (FoundLesson | { [Column in keyof FoundLesson]: null }) & { total: number };

/** @param matches what to mark */
export const hitOf = (row: HitRow, reader: Reader, matches: RegExp | null): SearchHit =>
  row.lesson_id === null ? courseHit(row, matches) : lessonHit(row, reader, matches);

function courseHit(row: CardRow, matches: RegExp | null): CourseHit {
  return {
    type: 'course',
    course: cardOf(row),
    titleHighlighted: marked(row.title, matches),
    subtitleHighlighted: marked(row.subtitle, matches),
  };
}

function lessonHit(row: CardRow & FoundLesson, reader: Reader, matches: RegExp | null): LessonHit {
  const isOpen = mayOpen(row, reader);
  return {
    type: 'lesson',
    id: row.lesson_id,
    title: row.lesson_title,
    course: { id: row.id, slug: row.slug, title: row.title },
    card: cardOf(row),
    access: accessOf(row),
    locked: !isOpen,
    // Texts are kept whole, so nobody knows under which heading a match stands.
    heading: null,
    anchor: null,
    titleHighlighted: isOpen ? marked(row.lesson_title, matches) : null,
    snippet: isOpen ? snippetOf(row.body_text, matches) : null,
  };
}
