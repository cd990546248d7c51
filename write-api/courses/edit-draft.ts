import type { CourseCommandResult } from '@eduplatform/contracts/http/studio';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { auditCourse } from './audit-course.ts';
import { lockCourse, MISSING, saveCourse, type CourseRef } from './course-store.ts';
import { assertMayEdit, assertMayTeach, assertVersion, type Course } from './course.ts';

/** What an edit did to the draft: `change` names it in the event, `id` the part that it made or changed. */
export interface DraftEdit {
  change: string;
  course?: Course;
  id?: string;
}

/** The course under its lock, after the checks that every command on it begins with. */
export async function openCourse(
  tx: Tx,
  { actor }: CommandContext,
  ref: CourseRef,
  expectedVersion: number,
): Promise<Course> {
  assertMayTeach(actor);
  const course = await lockCourse(tx, ref);
  if (!course) throw new ProblemError(MISSING[ref.by]);
  assertMayEdit(course, actor, MISSING[ref.by]);
  assertVersion(course, expectedVersion);
  return course;
}

/** Changes a draft: `edit` answers what it did, or null when everything was already as asked. */
export async function editDraft(
  tx: Tx,
  context: CommandContext,
  ref: CourseRef,
  expectedVersion: number,
  edit: (course: Course) => Promise<DraftEdit | null>,
): Promise<CommandOutcome<CourseCommandResult>> {
  const course = await openCourse(tx, context, ref, expectedVersion);
  const done = await edit(course);
  if (!done) return { result: { courseId: course.id, version: course.version }, position: await record(tx, []) };
  await auditCourse(tx, context.actor, course, 'edit', { change: done.change });
  const version = await saveCourse(tx, { ...(done.course ?? course), updatedAt: context.now });
  const position = await record(tx, [
    {
      type: 'course.draft_changed',
      aggregateType: 'course',
      aggregateId: course.id,
      aggregateVersion: version,
      payload: { courseId: course.id, change: done.change },
    },
  ]);
  return { result: { courseId: course.id, version, ...(done.id !== undefined && { id: done.id }) }, position };
}
