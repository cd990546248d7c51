import type { UserCommandResult } from '@eduplatform/contracts/http/auth';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { endSessions } from '../../auth/sessions.ts';
import { record, type CommandContext, type CommandOutcome } from '../../commands/outcome.ts';
import { queueMails } from '../../mail/queue.ts';
import { userEvent } from '../../users/users.ts';
import { audit } from '../audit.ts';

type Outcome = Promise<CommandOutcome<UserCommandResult>>;

interface LockedUser {
  isSuspended: boolean;
  version: number;
}

async function lockUser(tx: Tx, userId: string): Promise<LockedUser> {
  const { rows } = await tx.query<LockedUser>(
    `select suspended_at is not null as "isSuspended", version from users
     where id = $1 and deleted_at is null for update`,
    [userId],
  );
  if (!rows[0]) throw new ProblemError('user_not_found');
  return rows[0];
}

/**
 * Suspends an account: at once for commands, and with the life of their access token for reading. Nothing happens to an
 * account that is suspended. Throws user_not_found, forbidden for one's own.
 */
export async function suspendUser(
  tx: Tx,
  { actor, now }: CommandContext,
  userId: string,
  givenReason: string,
): Outcome {
  if (userId === actor.id) throw new ProblemError('forbidden', 'you cannot suspend yourself');
  const user = await lockUser(tx, userId);
  if (user.isSuspended) return { result: { userId, version: user.version }, position: await record(tx, []) };
  const reason = givenReason.trim();
  const version = user.version + 1;
  await tx.query('update users set suspended_at = $2, suspension_reason = $3, version = $4 where id = $1', [
    userId,
    now,
    reason,
    version,
  ]);
  await endSessions(tx, userId, now);
  await queueMails(tx, [{ userId, template: 'account_suspended', params: { reason } }]);
  await audit(tx, actor, 'user.suspend', { type: 'user', id: userId }, { reason });
  const position = await record(tx, [userEvent('user.changed', userId, version)]);
  return { result: { userId, version }, position };
}

/** Ends a suspension; there may be none. Throws user_not_found. */
export async function restoreUser(tx: Tx, { actor }: CommandContext, userId: string): Outcome {
  const user = await lockUser(tx, userId);
  if (!user.isSuspended) return { result: { userId, version: user.version }, position: await record(tx, []) };
  const version = user.version + 1;
  await tx.query('update users set suspended_at = null, suspension_reason = null, version = $2 where id = $1', [
    userId,
    version,
  ]);
  await queueMails(tx, [{ userId, template: 'account_restored', params: {} }]);
  await audit(tx, actor, 'user.restore', { type: 'user', id: userId });
  const position = await record(tx, [userEvent('user.changed', userId, version)]);
  return { result: { userId, version }, position };
}
