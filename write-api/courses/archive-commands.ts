import type { CourseCommandResult } from '@eduplatform/contracts/http/studio';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { auditCourse } from './audit-course.ts';
import { saveCourse } from './course-store.ts';
import { openCourse } from './edit-draft.ts';

/**
 * Takes a published course out of the catalog and closes it for new students, or takes it back. Who is enrolled goes on
 * reading. Throws not_published.
 */
export async function setArchived(
  tx: Tx,
  context: CommandContext,
  courseId: string,
  expectedVersion: number,
  isArchived: boolean,
): Promise<CommandOutcome<CourseCommandResult>> {
  const course = await openCourse(tx, context, { by: 'course', id: courseId }, expectedVersion);
  if (course.liveRevision === null) throw new ProblemError('not_published');
  if ((course.archivedAt !== null) === isArchived) {
    return { result: { courseId, version: course.version }, position: await record(tx, []) };
  }
  await auditCourse(tx, context.actor, course, isArchived ? 'archive' : 'unarchive');
  const version = await saveCourse(tx, {
    ...course,
    archivedAt: isArchived ? context.now : null,
    // The draft is as it was: what was as published still is.
    publishedVersion: course.publishedVersion === course.version ? course.version + 1 : course.publishedVersion,
  });
  const position = await record(tx, [
    {
      type: 'course.archive_changed',
      aggregateType: 'course',
      aggregateId: courseId,
      aggregateVersion: version,
      payload: { courseId },
    },
  ]);
  return { result: { courseId, version }, position };
}
