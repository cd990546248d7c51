import type { CourseRevision, RevisionLesson } from '@eduplatform/contracts/revision';
import type { RenderedMarkdown } from '../markdown/render.ts';
import type { Course } from './course.ts';
import type { DraftLesson, DraftModule } from './draft.ts';

/** What a draft's Markdown became, by its source. */
export type Rendered = (markdown: string) => RenderedMarkdown;

/**
 * The revision that a draft is published as. A lesson keeps the time of its last change from the previous revision when
 * nothing in it changed since.
 */
export function buildRevision(
  course: Course,
  modules: DraftModule[],
  { rendered, previous, now }: { rendered: Rendered; previous: CourseRevision | null; now: Date },
): CourseRevision {
  const description = rendered(course.descriptionMd);
  const before = new Map(previous?.modules.flatMap(({ lessons }) => lessons).map((lesson) => [lesson.id, lesson]));
  return {
    title: course.title,
    subtitle: course.subtitle,
    descriptionMd: course.descriptionMd,
    descriptionHtml: description.html,
    descriptionText: description.text,
    language: course.language,
    level: course.level,
    category: course.category,
    price: course.price,
    outcomes: course.outcomes,
    modules: modules.map(({ id, title, lessons }) => ({
      id,
      title,
      lessons: lessons.map((lesson) => buildLesson(lesson, rendered(lesson.bodyMd), before.get(lesson.id), now)),
    })),
  };
}

function buildLesson(
  lesson: DraftLesson,
  { html, headings, sections, hasVideo }: RenderedMarkdown,
  before: RevisionLesson | undefined,
  now: Date,
): RevisionLesson {
  return {
    id: lesson.id,
    title: lesson.title,
    bodyMd: lesson.bodyMd,
    html,
    headings,
    sections,
    isFreePreview: lesson.isFreePreview,
    durationMinutes: lesson.durationMinutes,
    hasVideo,
    updatedAt: before && isSameContent(before, lesson) ? before.updatedAt : now.toISOString(),
  };
}

const isSameContent = (before: RevisionLesson, lesson: DraftLesson): boolean =>
  before.title === lesson.title &&
  before.bodyMd === lesson.bodyMd &&
  before.isFreePreview === lesson.isFreePreview &&
  before.durationMinutes === lesson.durationMinutes;
