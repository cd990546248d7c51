import type { CourseRevision } from '@eduplatform/contracts/revision';

const lessonIds = ({ modules }: Pick<CourseRevision, 'modules'>): string[] =>
  modules.flatMap(({ lessons }) => lessons.map(({ id }) => id));

/** How many lessons a revision has that the one before had not, and the other way round. */
export function countLessonChanges(
  before: Pick<CourseRevision, 'modules'> | null,
  after: Pick<CourseRevision, 'modules'>,
): { added: number; removed: number } {
  const old = before ? lessonIds(before) : [];
  const now = lessonIds(after);
  return { added: countMissing(now, old), removed: countMissing(old, now) };
}

/** How many of the ids are not among the others. */
function countMissing(ids: string[], others: string[]): number {
  const known = new Set(others);
  return ids.filter((id) => !known.has(id)).length;
}
