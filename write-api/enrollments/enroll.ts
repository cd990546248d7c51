import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { requestCompletionCheck } from '../completions/requests.ts';

export interface EnrollmentRow {
  id: string;
  userId: string;
  courseId: string;
  version: number;
}

const COLUMNS = 'id, user_id as "userId", course_id as "courseId", version';

const ENROLL = `
  insert into enrollments (user_id, course_id, payment_id, enrolled_at, last_activity_at) values ($1, $2, $3, $4, $4)
  on conflict (user_id, course_id) do update set payment_id = excluded.payment_id, revoked_at = null,
    enrolled_at = excluded.enrolled_at, last_activity_at = excluded.last_activity_at, version = enrollments.version + 1
    where enrollments.revoked_at is not null
  returning ${COLUMNS}`;

/**
 * Enrolls somebody, or makes their revoked enrollment active again. `paymentId` is null where nothing was paid. Tells
 * nobody: what notification fits is known to the caller. Throws already_enrolled.
 */
export async function enroll(
  tx: Tx,
  { userId, courseId, paymentId, now }: { userId: string; courseId: string; paymentId: string | null; now: Date },
): Promise<{ enrollment: EnrollmentRow; events: OutboxEvent[] }> {
  const { rows } = await tx.query<EnrollmentRow>(ENROLL, [userId, courseId, paymentId, now]);
  const enrollment = rows[0];
  if (!enrollment) throw new ProblemError('already_enrolled');
  // Lessons may have left the course while the enrollment was revoked.
  if (enrollment.version > 1) await requestCompletionCheck(tx, courseId);
  return { enrollment, events: [changed(enrollment)] };
}

const PAY = `
  update enrollments set payment_id = $3, version = version + 1
  where user_id = $1 and course_id = $2 and revoked_at is null
  returning ${COLUMNS}`;

/** Notes that an enrollment that was free is paid for now. Answers no events when there is none. */
export async function payFor(
  tx: Tx,
  { userId, courseId, paymentId }: { userId: string; courseId: string; paymentId: string },
): Promise<OutboxEvent[]> {
  const { rows } = await tx.query<EnrollmentRow>(PAY, [userId, courseId, paymentId]);
  return rows.map(changed);
}

const REVOKE = `
  update enrollments set revoked_at = $3, version = version + 1
  where user_id = $1 and course_id = $2 and revoked_at is null
  returning ${COLUMNS}`;

/** Ends an enrollment; progress and a completion stay. Answers no events when there is none. */
export async function revokeEnrollment(
  tx: Tx,
  { userId, courseId, now }: { userId: string; courseId: string; now: Date },
): Promise<OutboxEvent[]> {
  const { rows } = await tx.query<EnrollmentRow>(REVOKE, [userId, courseId, now]);
  return rows.map(changed);
}

const changed = ({ id, userId, courseId, version }: EnrollmentRow): OutboxEvent => ({
  type: 'enrollment.changed',
  aggregateType: 'enrollment',
  aggregateId: id,
  aggregateVersion: version,
  payload: { userId, courseId },
});

/** The active enrollment, locked: nothing else of this student in this course happens before the transaction ends. */
export async function lockEnrollment(tx: Tx, userId: string, courseId: string): Promise<EnrollmentRow | undefined> {
  const { rows } = await tx.query<EnrollmentRow>(
    `select ${COLUMNS} from enrollments where user_id = $1 and course_id = $2 and revoked_at is null for update`,
    [userId, courseId],
  );
  return rows[0];
}
