import type { CourseRevision } from '@eduplatform/contracts/revision';

const lessonIds = ({ modules }: Pick<CourseRevision, 'modules'>): string[] =>
  modules.flatMap(({ lessons }) => lessons.map(({ id }) => id));

/** How many lessons a revision has that the one before had not, and the other way round. */
export function countLessonChanges(
  before: Pick<CourseRevision, 'modules'> | null,
  after: Pick<CourseRevision, 'modules'>,
): { added: number; removed: number } {
  const old = new Set(before ? lessonIds(before) : []);
  const now = new Set(lessonIds(after));
  return { added: now.difference(old).size, removed: old.difference(now).size };
}
