import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { Tx } from '@eduplatform/db/transaction';
import type { LiveCourse } from '../courses/live-course.ts';
import { notify } from '../notifications/notify.ts';
import { certificateCode } from './certificate-code.ts';

/** A completion that was given just now. */
interface Completed {
  userId: string;
  certificateCode: string;
  enrollmentId: string;
  enrollmentVersion: number;
}

const INSERT = `
  with done as (
    insert into completions (user_id, course_id, completed_at, revision, certificate_code, student_name, course_title,
      teacher_name)
    select student.id, $2, $3, $4, list.code, student.name, $5, teacher.name
    from unnest($1::uuid[], $6::text[]) as list (user_id, code)
    join users student on student.id = list.user_id
    join users teacher on teacher.id = $7
    on conflict (user_id, course_id) do nothing
    returning user_id, certificate_code
  )
  select done.user_id as "userId", certificate_code as "certificateCode", e.id as "enrollmentId",
    e.version as "enrollmentVersion"
  from done join enrollments e on e.user_id = done.user_id and e.course_id = $2`;

/**
 * Completes the course for students who have done everything in it: the completion with its certificate, and the news.
 * Whoever has completed it before keeps what they have, and is not among the answers.
 */
export async function completeCourse(
  tx: Tx,
  course: LiveCourse,
  userIds: string[],
  now: Date,
): Promise<{ completed: Completed[]; events: OutboxEvent[] }> {
  const { id, revision, title, ownerId } = course;
  const codes = userIds.map(() => certificateCode());
  const { rows } = await tx.query<Completed>(INSERT, [userIds, id, now, revision, title, codes, ownerId]);
  const told = await notify(
    tx,
    rows.map(({ userId, certificateCode: code }) => ({
      userId,
      type: 'completed',
      params: { courseTitle: title },
      link: `/certificates/${code}`,
    })),
    now,
  );
  return { completed: rows, events: [...rows.map((row) => completedEvent(id, row)), ...told] };
}

const completedEvent = (courseId: string, { userId, enrollmentId, enrollmentVersion }: Completed): OutboxEvent => ({
  type: 'course.completed',
  aggregateType: 'enrollment',
  aggregateId: enrollmentId,
  aggregateVersion: enrollmentVersion,
  payload: { userId, courseId },
});
