import type { Language, Level, Money } from './primitives.ts';
import type { LessonHeading } from './documents.ts';
import type { LessonSection } from './search-index.ts';

/**
 * An immutable published revision of a whole course, as stored in `course_revisions.content`: both the source that the
 * teacher wrote (for history, diff and restore) and what readers are sent (rendered once, when it is published).
 */
export interface CourseRevision {
  title: string;
  subtitle: string;
  descriptionMd: string;
  descriptionHtml: string;
  /** Plain text of the description, for search. */
  descriptionText: string;
  language: Language;
  level: Level;
  category: string;
  price: Money | null;
  outcomes: string[];
  modules: {
    id: string;
    title: string;
    lessons: RevisionLesson[];
  }[];
}

export interface RevisionLesson {
  id: string;
  title: string;
  bodyMd: string;
  html: string;
  headings: LessonHeading[];
  /** Text between headings, for search; the first has an empty heading when text precedes the first heading. */
  sections: LessonSection[];
  isFreePreview: boolean;
  durationMinutes: number;
  hasVideo: boolean;
  /** When the content of this lesson last changed between revisions, RFC 3339. */
  updatedAt: string;
}
