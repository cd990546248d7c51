import type { SessionList } from '@eduplatform/contracts/http/auth';
import { REFRESH_TOKEN_SECONDS } from '@eduplatform/contracts/tokens';
import type { Queryable, Tx } from '@eduplatform/db/transaction';
import { decideRefresh } from './rotation.ts';
import { hashToken, newToken } from './tokens.ts';

/** A session with a refresh token that was just given out for it. */
export interface IssuedToken {
  userId: string;
  sessionId: string;
  refreshToken: string;
}

const MAX_USER_AGENT = 300;
const expiryFrom = (now: Date): Date => new Date(now.getTime() + REFRESH_TOKEN_SECONDS * 1000);

/** Begins a session: a sign-in. */
export async function beginSession(
  tx: Tx,
  userId: string,
  userAgent: string | undefined,
  now: Date,
): Promise<IssuedToken> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into sessions (user_id, user_agent, created_at, refreshed_at, expires_at) values ($1, $2, $3, $3, $4)
     returning id`,
    [userId, userAgent?.slice(0, MAX_USER_AGENT) ?? null, now, expiryFrom(now)],
  );
  const sessionId = rows[0]?.id ?? '';
  return { userId, sessionId, refreshToken: await issueToken(tx, sessionId, 1, now) };
}

async function issueToken(tx: Tx, sessionId: string, generation: number, now: Date): Promise<string> {
  const token = newToken();
  await tx.query(
    'insert into session_tokens (token_hash, session_id, generation, expires_at) values ($1, $2, $3, $4)',
    [hashToken(token), sessionId, generation, expiryFrom(now)],
  );
  return token;
}

/** The session is locked: exchanges and the end of a session happen one after the other. */
const LOCK = `
  select s.id as "sessionId", s.user_id as "userId", t.generation, t.expires_at as "expiresAt",
    s.generation as "sessionGeneration", s.refreshed_at as "refreshedAt", s.ended_at as "endedAt"
  from session_tokens t join sessions s on s.id = t.session_id
  where t.token_hash = $1 for update of s`;

interface LockedRow {
  sessionId: string;
  userId: string;
  generation: number;
  expiresAt: Date;
  sessionGeneration: number;
  refreshedAt: Date;
  endedAt: Date | null;
}

/**
 * Exchanges a refresh token for the next of its session, or returns null when it is not good. Null must still be
 * committed: the reuse of a token has ended its session.
 */
export async function exchangeRefreshToken(tx: Tx, token: string, now: Date): Promise<IssuedToken | null> {
  const { rows } = await tx.query<LockedRow>(LOCK, [hashToken(token)]);
  const stored = rows[0];
  if (!stored) return null;
  const { sessionId, userId, sessionGeneration, refreshedAt, endedAt } = stored;
  const session = { generation: sessionGeneration, refreshedAt, endedAt };
  const decision = decideRefresh({ ...stored, session }, now);
  if (decision === 'reuse') await endSession(tx, userId, sessionId, now);
  if (decision === 'reuse' || decision === 'invalid') return null;
  if (decision === 'forgive') {
    return { userId, sessionId, refreshToken: await issueToken(tx, sessionId, sessionGeneration, now) };
  }
  await tx.query('update sessions set generation = generation + 1, refreshed_at = $2, expires_at = $3 where id = $1', [
    sessionId,
    now,
    expiryFrom(now),
  ]);
  return { userId, sessionId, refreshToken: await issueToken(tx, sessionId, sessionGeneration + 1, now) };
}

/** Ends the session that a token belongs to; a token that nobody knows is fine. */
export async function endSessionOf(tx: Tx, token: string, now: Date): Promise<void> {
  await tx.query(
    `update sessions set ended_at = $2
     where id = (select session_id from session_tokens where token_hash = $1) and ended_at is null`,
    [hashToken(token), now],
  );
}

/** Ends a session of a user. Answers false when they have no such session that goes on. */
export async function endSession(tx: Tx, userId: string, sessionId: string, now: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update sessions set ended_at = $3 where id = $2 and user_id = $1 and ended_at is null',
    [userId, sessionId, now],
  );
  return rowCount === 1;
}

/** Ends every session of a user, except one when it is named. */
export async function endSessions(tx: Tx, userId: string, now: Date, exceptId: string | null = null): Promise<void> {
  await tx.query(
    'update sessions set ended_at = $2 where user_id = $1 and ended_at is null and id is distinct from $3::uuid',
    [userId, now, exceptId],
  );
}

const LIST = `
  select id, created_at as "createdAt", refreshed_at as "lastUsedAt", user_agent as "userAgent"
  from sessions where user_id = $1 and ended_at is null and expires_at > $2 order by id desc limit 100`;

interface ListRow {
  id: string;
  createdAt: Date;
  lastUsedAt: Date;
  userAgent: string | null;
}

/** The sessions of a user that go on, newest first, at most a hundred. */
export async function listSessions(
  db: Queryable,
  userId: string,
  currentId: string | undefined,
  now: Date,
): Promise<SessionList> {
  const { rows } = await db.query<ListRow>(LIST, [userId, now]);
  const items = rows.map(({ id, createdAt, lastUsedAt, userAgent }) => ({
    id,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    userAgent,
    isCurrent: id === currentId,
  }));
  return { items, nextCursor: null };
}
