import type { ChangePasswordBody, ConfirmPasswordResetBody } from '@eduplatform/contracts/http/auth';
import type { Position } from '@eduplatform/contracts/positions';
import { transaction, type Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record } from '../commands/outcome.ts';
import { queueMails, queueMailToAddress } from '../mail/queue.ts';
import { findUser, userEvent } from '../users/users.ts';
import { countAttempt, judgePassword, type AuthDeps } from './commands.ts';
import { assertMailedToken, useMailedToken } from './mailed-tokens.ts';
import { hashPassword } from './passwords.ts';
import { endSessions } from './sessions.ts';

/**
 * Changes the password of a user who knows the current one, and ends their sessions but the one that asks. Throws
 * invalid_credentials, rate_limited, overloaded.
 */
export async function changePassword(
  deps: AuthDeps,
  { userId, sessionId, address }: { userId: string; sessionId: string | undefined; address: string },
  { currentPassword, newPassword }: ChangePasswordBody,
  now: Date,
): Promise<void> {
  const user = await findUser(deps.pool, userId);
  if (!user) throw new ProblemError('invalid_token');
  await judgePassword(deps, { email: user.email, address }, currentPassword);
  const passwordHash = await hashPassword(newPassword);
  await transaction(deps.pool, async (tx) => {
    const { rowCount } = await tx.query(
      'update users set password_hash = $3 where id = $1 and password_hash = $2 and deleted_at is null',
      [userId, user.passwordHash, passwordHash],
    );
    // Somebody else changed it meanwhile: the current password was not that any more.
    if (rowCount !== 1) throw new ProblemError('invalid_credentials');
    await afterPasswordChange(tx, userId, now, sessionId);
  });
}

/** Who could use the old password, or a link to reset it, cannot go on; the owner of the address is told. */
async function afterPasswordChange(tx: Tx, userId: string, now: Date, keptSession?: string): Promise<void> {
  await endSessions(tx, userId, now, keptSession);
  await tx.query(`delete from auth_tokens where user_id = $1 and purpose = 'password_reset'`, [userId]);
  await queueMails(tx, [{ userId, template: 'password_changed', params: {} }]);
}

/** Sends a link to choose a new password, if anybody has the address: the answer does not tell. Throws rate_limited. */
export async function requestPasswordReset({ pool, mailLimits }: AuthDeps, email: string): Promise<void> {
  await countAttempt(mailLimits, email, 'too many mails were asked for this address');
  await queueMailToAddress(pool, email, 'password_reset');
}

/** Sets a password by what was mailed, and ends every session. Throws invalid_mailed_token, overloaded. */
export async function confirmPasswordReset(
  { pool, limits }: AuthDeps,
  { token, newPassword }: ConfirmPasswordResetBody,
  { now, address }: { now: Date; address: string },
): Promise<Position> {
  // Looked at first: a stranger's guess must not cost a hash.
  await assertMailedToken(pool, token, 'password_reset', now);
  const passwordHash = await hashPassword(newPassword);
  const { email, position } = await transaction(pool, async (tx) => {
    const userId = await useMailedToken(tx, token, 'password_reset', now);
    // Whoever has the mail reads that address.
    const { rows } = await tx.query<{ version: number; email: string }>(
      `update users set password_hash = $2, email_verified_at = coalesce(email_verified_at, $3), version = version + 1
       where id = $1 returning version, email::text`,
      [userId, passwordHash, now],
    );
    await afterPasswordChange(tx, userId, now);
    const { version = 0, email: address = '' } = rows[0] ?? {};
    return { email: address, position: await record(tx, [userEvent('user.changed', userId, version)]) };
  });
  // Somebody who was held back for guessing may have been the owner.
  await limits.forget({ email, address });
  return position;
}
