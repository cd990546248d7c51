import type { Position } from '@eduplatform/contracts/positions';
import { transaction } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record } from '../commands/outcome.ts';
import { queueMails } from '../mail/queue.ts';
import { findUser, userEvent } from '../users/users.ts';
import { countAttempt, type AuthDeps } from './commands.ts';
import { useMailedToken } from './mailed-tokens.ts';

/** Sends a link that proves that the user reads their address. Throws rate_limited. */
export async function requestEmailVerification({ pool, mailLimits }: AuthDeps, userId: string): Promise<void> {
  const user = await findUser(pool, userId);
  if (!user) throw new ProblemError('invalid_token');
  await countAttempt(mailLimits, user.email, 'too many mails were asked for this address');
  await transaction(pool, (tx) => queueMails(tx, [{ userId, template: 'email_verification', params: {} }]));
}

/** Notes that the address is its user's. Throws invalid_mailed_token. */
export const confirmEmail = ({ pool }: AuthDeps, token: string, now: Date): Promise<Position> =>
  transaction(pool, async (tx) => {
    const userId = await useMailedToken(tx, token, 'email_verification', now);
    const { rows } = await tx.query<{ version: number }>(
      `update users set email_verified_at = $2, version = version + 1
       where id = $1 and email_verified_at is null returning version`,
      [userId, now],
    );
    return record(tx, rows[0] ? [userEvent('user.changed', userId, rows[0].version)] : []);
  });
