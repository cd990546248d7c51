import type { Static } from '@sinclair/typebox';
import type { EnrollmentResult } from '@eduplatform/contracts/http/learning';
import type { Tx } from '@eduplatform/db/transaction';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { loadLiveCourse } from '../courses/live-course.ts';
import { notify } from '../notifications/notify.ts';
import { assertMayEnroll } from './admission.ts';
import { enroll, lockEnrollment } from './enroll.ts';

/** Enrolls the actor in a free course. */
export async function enrollInFreeCourse(
  tx: Tx,
  { actor, now }: CommandContext,
  courseId: string,
): Promise<CommandOutcome<Static<typeof EnrollmentResult>>> {
  const course = await loadLiveCourse(tx, courseId);
  assertMayEnroll(course, actor.id, (await lockEnrollment(tx, actor.id, courseId)) !== undefined);
  const { enrollment, events } = await enroll(tx, { userId: actor.id, courseId, paymentId: null, now });
  const params = { courseTitle: course.title };
  const told = await notify(tx, [{ userId: actor.id, type: 'enrolled', params, link: `/courses/${course.slug}` }], now);
  const position = await record(tx, [...events, ...told]);
  return { result: { enrollmentId: enrollment.id, courseId, version: enrollment.version }, position };
}
