import { REFRESH_TOKEN_SECONDS } from '@eduplatform/contracts/tokens';
import type { Tx } from '@eduplatform/db/transaction';
import { decideRefresh, type StoredRefreshToken } from './rotation.ts';
import { hashRefreshToken, newRefreshToken } from './tokens.ts';

/** Stores a new token and returns it. Without a family it begins one: a sign-in. */
export async function issueRefreshToken(tx: Tx, userId: string, now: Date, familyId: string | null): Promise<string> {
  const token = newRefreshToken();
  await tx.query(
    `insert into refresh_tokens (family_id, user_id, token_hash, created_at, expires_at)
     values (coalesce($1, uuidv7()), $2, $3, $4, $5)`,
    [familyId, userId, hashRefreshToken(token), now, new Date(now.getTime() + REFRESH_TOKEN_SECONDS * 1000)],
  );
  return token;
}

const LOCK_FAMILY = `
  select pg_advisory_xact_lock(hashtextextended(family_id::text, 0)) from refresh_tokens where token_hash = $1`;

/**
 * Exchanging and ending a family exclude each other: a token that is being exchanged has a successor that is not yet
 * visible, and ending the family must not miss it. What is decided must be read by a later statement than this.
 */
const lockFamilyOf = (tx: Tx, tokenHash: Buffer) => tx.query(LOCK_FAMILY, [tokenHash]);

const LOCK = `
  select id, family_id as "familyId", user_id as "userId", expires_at as "expiresAt", replaced_at as "replacedAt",
    revoked_at as "revokedAt"
  from refresh_tokens where token_hash = $1 for update`;

type LockedToken = Omit<StoredRefreshToken, 'familyReplacedAt'> & { id: string; familyId: string; userId: string };

/**
 * Exchanges a refresh token for the next of its family, or returns null when it is not good. Null must still be
 * committed: the reuse of a token has ended its family.
 */
export async function exchangeRefreshToken(
  tx: Tx,
  token: string,
  now: Date,
): Promise<{ userId: string; refreshToken: string } | null> {
  const hash = hashRefreshToken(token);
  await lockFamilyOf(tx, hash);
  const { rows } = await tx.query<LockedToken>(LOCK, [hash]);
  const stored = rows[0];
  if (!stored) return null;
  const family = await tx.query<{ replacedAt: Date | null }>(
    'select max(replaced_at) as "replacedAt" from refresh_tokens where family_id = $1',
    [stored.familyId],
  );
  const decision = decideRefresh({ ...stored, familyReplacedAt: family.rows[0]?.replacedAt ?? null }, now);
  if (decision === 'reuse') await revokeFamily(tx, stored.familyId, now);
  if (decision !== 'exchange') return null;
  await tx.query('update refresh_tokens set replaced_at = $2 where id = $1 and replaced_at is null', [stored.id, now]);
  return { userId: stored.userId, refreshToken: await issueRefreshToken(tx, stored.userId, now, stored.familyId) };
}

/** Ends the sign-in that a token belongs to; a token that nobody knows is fine. */
export async function revokeFamilyOf(tx: Tx, token: string, now: Date): Promise<void> {
  const hash = hashRefreshToken(token);
  await lockFamilyOf(tx, hash);
  const { rows } = await tx.query<{ family_id: string }>('select family_id from refresh_tokens where token_hash = $1', [
    hash,
  ]);
  if (rows[0]) await revokeFamily(tx, rows[0].family_id, now);
}

async function revokeFamily(tx: Tx, familyId: string, now: Date): Promise<void> {
  await tx.query('update refresh_tokens set revoked_at = $2 where family_id = $1 and revoked_at is null', [
    familyId,
    now,
  ]);
}
