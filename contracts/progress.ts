/** How far somebody is in a course. Pure: the write API decides completion by it, the read API answers with it. */
export interface Progress {
  /** Live lessons that are done, of `lessonCount`. */
  doneCount: number;
  lessonCount: number;
  /** Whole percent, rounded down: 100 only when every live lesson is done. 0 of a course without lessons. */
  percent: number;
  done: string[];
  remaining: string[];
  /** The first remaining lesson behind the last one done, or the first remaining at all; null when none remains. */
  next: string | null;
}

/**
 * @param lessonIds the live lessons in their order
 * @param doneIds lessons that were marked as done; those that are not live any more count for nothing
 */
export function progressOf(lessonIds: readonly string[], doneIds: Iterable<string>): Progress {
  const marked = new Set(doneIds);
  const done = lessonIds.filter((id) => marked.has(id));
  const remaining = lessonIds.filter((id) => !marked.has(id));
  const lastDone = lessonIds.findLastIndex((id) => marked.has(id));
  return {
    doneCount: done.length,
    lessonCount: lessonIds.length,
    percent: lessonIds.length === 0 ? 0 : Math.floor((done.length * 100) / lessonIds.length),
    done,
    remaining,
    next: lessonIds.slice(lastDone + 1).find((id) => !marked.has(id)) ?? remaining[0] ?? null,
  };
}

/** Whether every live lesson is done. A course without lessons cannot be completed. */
export const isComplete = ({ doneCount, lessonCount }: Pick<Progress, 'doneCount' | 'lessonCount'>): boolean =>
  lessonCount > 0 && doneCount === lessonCount;
