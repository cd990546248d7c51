import { isComplete, progressOf, type Progress } from '@eduplatform/contracts/progress';

/** What somebody has done in a course so far. */
export interface Learning {
  /** Lessons marked as done, also such as are not live any more. */
  done: ReadonlySet<string>;
  /** Whether the course was completed before: that stays, whatever comes. */
  isCompleted: boolean;
}

interface Marked {
  /** Whether there is anything to save. */
  isChanged: boolean;
  /** Whether the course is completed now, which happens once. */
  completes: boolean;
  learning: Learning;
  progress: Progress;
}

/** Marks a lesson as done, or as not done. `lessonIds` are the live lessons, among them this one. */
export function markLesson(
  lessonIds: readonly string[],
  { done, isCompleted }: Learning,
  lessonId: string,
  isDone: boolean,
): Marked {
  const next = new Set(done);
  if (isDone) next.add(lessonId);
  else next.delete(lessonId);
  const progress = progressOf(lessonIds, next);
  const completes = !isCompleted && isComplete(progress);
  return {
    isChanged: done.has(lessonId) !== isDone,
    completes,
    learning: { done: next, isCompleted: isCompleted || completes },
    progress,
  };
}
