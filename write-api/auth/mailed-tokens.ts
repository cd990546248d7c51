import type { Queryable, Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { MailTemplate } from '../mail/templates.ts';
import { hashToken, newToken } from './tokens.ts';

/** What a token that was mailed may be used for. */
export type TokenPurpose = 'password_reset' | 'email_verification';

/** Mails that carry a token. */
export const PURPOSE_OF: Partial<Record<MailTemplate, TokenPurpose>> = {
  welcome: 'email_verification',
  email_verification: 'email_verification',
  password_reset: 'password_reset',
};

const LIFETIME_SECONDS: Record<TokenPurpose, number> = { password_reset: 3600, email_verification: 48 * 3600 };

const REPLACE = `
  insert into auth_tokens (token_hash, user_id, purpose, email, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)
  on conflict (user_id, purpose) do update set token_hash = excluded.token_hash, email = excluded.email,
    created_at = excluded.created_at, expires_at = excluded.expires_at`;

/** Makes a token, of which only the hash is stored; an older one of the same purpose ends. */
export async function mintMailedToken(
  db: Queryable,
  { userId, email, purpose }: { userId: string; email: string; purpose: TokenPurpose },
  now: Date,
): Promise<string> {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + LIFETIME_SECONDS[purpose] * 1000);
  await db.query(REPLACE, [hashToken(token), userId, purpose, email, now, expiresAt]);
  return token;
}

const IS_GOOD = 'select from auth_tokens where token_hash = $1 and purpose = $2 and expires_at > $3';

/** Throws invalid_mailed_token when the token is not good, without using it up. */
export async function assertMailedToken(db: Queryable, token: string, purpose: TokenPurpose, now: Date): Promise<void> {
  const { rowCount } = await db.query(IS_GOOD, [hashToken(token), purpose, now]);
  if (rowCount !== 1) throw new ProblemError('invalid_mailed_token');
}

const USE = `
  delete from auth_tokens t using users u
  where t.token_hash = $1 and t.purpose = $2 and t.expires_at > $3
    and u.id = t.user_id and u.email = t.email and u.deleted_at is null
  returning t.user_id as "userId"`;

/** Uses a token up and answers whose it is. Throws invalid_mailed_token. */
export async function useMailedToken(tx: Tx, token: string, purpose: TokenPurpose, now: Date): Promise<string> {
  const { rows } = await tx.query<{ userId: string }>(USE, [hashToken(token), purpose, now]);
  if (!rows[0]) throw new ProblemError('invalid_mailed_token');
  return rows[0].userId;
}
