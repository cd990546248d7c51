import type { CourseOutline, CourseProgress, StoredLearning } from '@eduplatform/contracts/learning';
import { progressOf } from '@eduplatform/contracts/progress';

type Figures = Pick<CourseProgress, 'percent' | 'doneCount' | 'lessonCount' | 'nextLesson'>;

/**
 * How far somebody is among the lessons that are live now. Of a course that is not published nobody can say, but who
 * has completed it is at 100 %.
 */
export function figuresOf(learning: StoredLearning, outline: CourseOutline | null): Figures {
  if (!outline) return { percent: learning.completion ? 100 : 0, doneCount: 0, lessonCount: 0, nextLesson: null };
  const { percent, doneCount, lessonCount, next } = progressOf(idsOf(outline), learning.done);
  return { percent, doneCount, lessonCount, nextLesson: outline.lessons.find(({ id }) => id === next) ?? null };
}

/** The whole of somebody's progress in a course. */
export function courseProgress(learning: StoredLearning, outline: CourseOutline | null): CourseProgress {
  const lessons = outline?.lessons ?? [];
  const marked = new Set(learning.done);
  const live = new Set(lessons.map(({ id }) => id));
  return {
    courseId: learning.courseId,
    ...figuresOf(learning, outline),
    done: lessons.filter(({ id }) => marked.has(id)),
    remaining: lessons.filter(({ id }) => !marked.has(id)),
    positions: Object.fromEntries(Object.entries(learning.positions).filter(([id]) => live.has(id))),
    completion: learning.completion,
    notCompleteBecause: whyNotComplete(learning, outline),
  };
}

/** Null also in the moment between the last lesson and the completion that follows from it. */
function whyNotComplete(
  { completion, done }: StoredLearning,
  outline: CourseOutline | null,
): CourseProgress['notCompleteBecause'] {
  if (completion) return null;
  if (!outline) return 'not_published';
  if (outline.lessons.length === 0) return 'no_lessons';
  return progressOf(idsOf(outline), done).remaining.length > 0 ? 'lessons_remaining' : null;
}

const idsOf = ({ lessons }: CourseOutline): string[] => lessons.map(({ id }) => id);
