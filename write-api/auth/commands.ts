import type pg from 'pg';
import type { Static } from '@sinclair/typebox';
import type { LoginBody, RegisterBody, Session, User } from '@eduplatform/contracts/http/auth';
import type { Position } from '@eduplatform/contracts/positions';
import { ACCESS_TOKEN_SECONDS } from '@eduplatform/contracts/tokens';
import { transaction } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record } from '../commands/outcome.ts';
import { queueMails } from '../mail/queue.ts';
import { findUser, findUserByEmail, holdUser, insertStudent, userEvent, type StoredUser } from '../users/users.ts';
import type { AttemptLimits } from './attempt-limits.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { beginSession, endSessionOf, exchangeRefreshToken, type IssuedToken } from './sessions.ts';
import type { SignInAttempt, SignInLimits } from './sign-in-limits.ts';
import type { AccessTokenSigner } from './tokens.ts';

export interface AuthDeps {
  pool: pg.Pool;
  sign: AccessTokenSigner;
  /** Wrong passwords by account. */
  limits: SignInLimits;
  /** Mails that somebody asked to be sent to an address. */
  mailLimits: AttemptLimits;
  /** Whether users of the demo data may sign in. */
  allowsDemoUsers: boolean;
}

/** Who asks, besides what they ask. */
export interface AuthContext {
  now: Date;
  /** The address that the request comes from. */
  address: string;
  userAgent?: string | undefined;
}

/** Registers a student, signs them in and welcomes them by mail. Throws email_taken, overloaded. */
export async function register(
  { pool, sign }: AuthDeps,
  { email, password, name, language = 'en' }: Static<typeof RegisterBody>,
  { now, userAgent }: AuthContext,
): Promise<{ session: Session; position: Position }> {
  // Hashing takes long, so it happens before the transaction, and not at all for an email that is taken.
  if (await findUserByEmail(pool, email)) throw new ProblemError('email_taken');
  const passwordHash = await hashPassword(password);
  return transaction(pool, async (tx) => {
    const user = await insertStudent(tx, { email, name: name.trim(), passwordHash, language });
    if (!user) throw new ProblemError('email_taken');
    const issued = await beginSession(tx, user.id, userAgent, now);
    await queueMails(tx, [{ userId: user.id, template: 'welcome', params: {} }]);
    const position = await record(tx, [userEvent('user.registered', user.id, 1)]);
    return { session: sessionOf(user, sign, issued), position };
  });
}

/** Signs a user in. Throws invalid_credentials, rate_limited, demo_login_refused, account_suspended, overloaded. */
export async function login(
  deps: AuthDeps,
  { email, password }: Static<typeof LoginBody>,
  { now, address, userAgent }: AuthContext,
): Promise<Session> {
  const user = await judgePassword(deps, { email, address }, password);
  assertAllowed(user, deps);
  return transaction(deps.pool, async (tx) => {
    const current = await holdUser(tx, user);
    if (!current) throw new ProblemError('invalid_credentials');
    assertAllowed(current, deps);
    return sessionOf(current, deps.sign, await beginSession(tx, current.id, userAgent, now));
  });
}

/**
 * The user with this email and password. Takes as long for an email that nobody has. Throws invalid_credentials,
 * rate_limited, overloaded.
 */
export async function judgePassword(
  { pool, limits }: Pick<AuthDeps, 'pool' | 'limits'>,
  attempt: SignInAttempt,
  password: string,
): Promise<StoredUser> {
  await countAttempt(limits, attempt, 'too many attempts to sign in to this account');
  const judged = await judge(pool, attempt.email, password).catch(async (error: unknown) => {
    await limits.withdraw(attempt);
    throw error;
  });
  if (!judged) throw new ProblemError('invalid_credentials');
  await limits.succeeded(attempt);
  return judged;
}

async function judge(pool: pg.Pool, email: string, password: string): Promise<StoredUser | undefined> {
  const user = await findUserByEmail(pool, email);
  return (await verifyPassword(user?.passwordHash ?? null, password)) ? user : undefined;
}

/** Throws rate_limited when somebody tried, or was tried, too often. */
export async function countAttempt<T>(
  limits: { attempt(who: T): Promise<number> },
  who: T,
  detail: string,
): Promise<void> {
  const wait = await limits.attempt(who);
  if (wait > 0) throw new ProblemError('rate_limited', detail, { headers: { 'retry-after': String(wait) } });
}

/** Exchanges a refresh token for a new session. Throws invalid_refresh_token, demo_login_refused, account_suspended. */
export async function refresh(deps: AuthDeps, refreshToken: string, now: Date): Promise<Session> {
  const exchanged = await transaction(deps.pool, (tx) => exchangeRefreshToken(tx, refreshToken, now));
  const user = exchanged && (await findUser(deps.pool, exchanged.userId));
  if (!user) throw new ProblemError('invalid_refresh_token');
  assertAllowed(user, deps);
  return sessionOf(user, deps.sign, exchanged);
}

/** Ends the sign-in that the token belongs to. */
export const logout = ({ pool }: AuthDeps, refreshToken: string, now: Date): Promise<void> =>
  transaction(pool, (tx) => endSessionOf(tx, refreshToken, now));

function assertAllowed(user: StoredUser, { allowsDemoUsers }: AuthDeps): void {
  if (user.isDemo && !allowsDemoUsers) throw new ProblemError('demo_login_refused');
  if (user.suspendedAt) throw new ProblemError('account_suspended');
}

function sessionOf({ id, email, name, role }: User, sign: AccessTokenSigner, issued: IssuedToken): Session {
  const user: User = { id, email, name, role };
  const accessToken = sign(user, issued.sessionId);
  return { user, accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken: issued.refreshToken };
}
