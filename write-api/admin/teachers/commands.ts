import type { UserCommandResult } from '@eduplatform/contracts/http/auth';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record, type Actor, type CommandContext, type CommandOutcome } from '../../commands/outcome.ts';
import { notify } from '../../notifications/notify.ts';
import { userEvent } from '../../users/users.ts';
import { audit } from '../audit.ts';

interface Teacher {
  isVerified: boolean;
  version: number;
}

async function lockTeacher(tx: Tx, userId: string): Promise<Teacher> {
  const { rows } = await tx.query<Teacher>(
    `select is_verified as "isVerified", version from users
     where id = $1 and role = 'teacher' and deleted_at is null for update`,
    [userId],
  );
  if (!rows[0]) throw new ProblemError('teacher_not_found');
  return rows[0];
}

const DECIDE = `
  update teacher_applications set status = $2, reason = $3, decided_by = $4, decided_at = $5
  where user_id = $1 and status = 'pending' returning id`;

interface Decision {
  status: 'verified' | 'rejected';
  reason: string | null;
}

/** Decides the application that is open; answers its id, or null when there is none. */
async function decide(tx: Tx, userId: string, { status, reason }: Decision, actor: Actor, now: Date) {
  const { rows } = await tx.query<{ id: string }>(DECIDE, [userId, status, reason, actor.id, now]);
  return rows[0]?.id ?? null;
}

type Outcome = Promise<CommandOutcome<UserCommandResult>>;

/** Lets a teacher publish, also one who never applied. Throws teacher_not_found. */
export async function verifyTeacher(tx: Tx, { actor, now }: CommandContext, userId: string): Outcome {
  const teacher = await lockTeacher(tx, userId);
  if (teacher.isVerified) return { result: { userId, version: teacher.version }, position: await record(tx, []) };
  const applicationId = await decide(tx, userId, { status: 'verified', reason: null }, actor, now);
  const version = teacher.version + 1;
  await tx.query('update users set is_verified = true, version = $2 where id = $1', [userId, version]);
  await audit(tx, actor, 'teacher.verify', { type: 'user', id: userId }, { applicationId });
  const notices = await notify(tx, [{ userId, type: 'verified', params: {}, link: '/studio' }], now);
  const position = await record(tx, [userEvent('user.changed', userId, version), ...notices]);
  return { result: { userId, version }, position };
}

/** Rejects the application that is open; the teacher may apply again. Throws teacher_not_found, no_application. */
export async function rejectTeacher(
  tx: Tx,
  { actor, now }: CommandContext,
  userId: string,
  givenReason: string,
): Outcome {
  const teacher = await lockTeacher(tx, userId);
  const reason = givenReason.trim();
  const applicationId = await decide(tx, userId, { status: 'rejected', reason }, actor, now);
  if (applicationId === null) throw new ProblemError('no_application');
  const version = teacher.version + 1;
  await tx.query('update users set version = $2 where id = $1', [userId, version]);
  await audit(tx, actor, 'teacher.reject', { type: 'user', id: userId }, { applicationId, reason });
  const notices = await notify(tx, [{ userId, type: 'rejected', params: { reason }, link: '/teach' }], now);
  const position = await record(tx, [userEvent('user.changed', userId, version), ...notices]);
  return { result: { userId, version }, position };
}
