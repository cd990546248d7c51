import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { Position } from '@eduplatform/contracts/positions';
import { record, type CommandContext } from '../commands/outcome.ts';
import { deleteCourse } from '../courses/delete-command.ts';
import { assertDeletable, DELETED_NAME, type OwnedCourse } from './account.ts';
import { forgetLearning } from './forget-learning.ts';
import { userEvent } from './users.ts';

const OWNED = `
  select id, version, live_revision is not null as "isLive",
    exists (select from enrollments e where e.course_id = c.id)
      or exists (select from payments p where p.course_id = c.id) as "hasStudents"
  from courses c where owner_id = $1 order by id for update`;

const OPEN_PAYMENT = `select from payments where user_id = $1 and status in ('pending', 'refunding') limit 1`;

/** Whatever signs the person in, or was sent to them. */
const SECRETS = ['sessions', 'auth_tokens', 'mail_queue', 'idempotency_keys', 'teacher_applications'];

/** The address in its place is drawn: one that could be told beforehand could be registered, and nobody could leave. */
const ERASE = `
  update users set email = 'deleted+' || gen_random_uuid() || '@deleted.invalid', name = $3, bio = '', password_hash = '!',
    role = 'student', is_verified = false, is_demo = false, email_verified_at = null, suspended_at = null,
    suspension_reason = null, language = 'en', email_preference = 'none', deleted_at = $2, version = version + 1
  where id = $1 and deleted_at is null returning version`;

/**
 * Deletes an account: what is personal is erased, what others rely on (payments, progress, reviews, questions) stays
 * under a row without a name. Throws account_has_courses,
 * payment_in_progress.
 */
export async function deleteAccount(tx: Tx, { actor, now }: CommandContext): Promise<Position> {
  const userId = actor.id;
  await tx.query('select from users where id = $1 for update', [userId]);
  const { rows: courses } = await tx.query<OwnedCourse>(OWNED, [userId]);
  assertDeletable(courses);
  const open = await tx.query(OPEN_PAYMENT, [userId]);
  if (open.rows.length > 0) throw new ProblemError('payment_in_progress');
  const asOwner: CommandContext = { actor: { id: userId, role: 'teacher', isVerified: false }, now };
  for (const { id, version } of courses) await deleteCourse(tx, asOwner, id, version);
  const events: OutboxEvent[] = await forgetLearning(tx, userId);
  await tx.query('delete from coupons where owner_id = $1', [userId]);
  for (const table of SECRETS) await tx.query(`delete from ${table} where user_id = $1`, [userId]);
  const { rows } = await tx.query<{ version: number }>(ERASE, [userId, now, DELETED_NAME]);
  if (!rows[0]) throw new ProblemError('invalid_token', 'the user of this token no longer exists');
  return record(tx, [...events, userEvent('user.deleted', userId, rows[0].version)]);
}
