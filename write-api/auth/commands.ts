import type pg from 'pg';
import type { Static } from '@sinclair/typebox';
import type { LoginBody, RegisterBody, Session, User } from '@eduplatform/contracts/http/auth';
import type { Position } from '@eduplatform/contracts/positions';
import { ACCESS_TOKEN_SECONDS } from '@eduplatform/contracts/tokens';
import { transaction } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record } from '../commands/outcome.ts';
import { findUser, findUserByEmail, insertStudent, type StoredUser } from '../users/users.ts';
import type { LoginLimits } from './login-limits.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { exchangeRefreshToken, issueRefreshToken, revokeFamilyOf } from './refresh-tokens.ts';
import type { AccessTokenSigner } from './tokens.ts';

export interface AuthDeps {
  pool: pg.Pool;
  sign: AccessTokenSigner;
  limits: LoginLimits;
  /** Whether users of the demo data may sign in. */
  allowsDemoUsers: boolean;
}

/** Registers a student and signs them in. Throws email_taken, overloaded. */
export async function register(
  { pool, sign }: AuthDeps,
  { email, password, name }: Static<typeof RegisterBody>,
  now: Date,
): Promise<{ session: Session; position: Position }> {
  // Hashing takes long, so it happens before the transaction, and not at all for an email that is taken.
  if (await findUserByEmail(pool, email)) throw new ProblemError('email_taken');
  const passwordHash = await hashPassword(password);
  return transaction(pool, async (tx) => {
    const user = await insertStudent(tx, { email, name: name.trim(), passwordHash });
    if (!user) throw new ProblemError('email_taken');
    const refreshToken = await issueRefreshToken(tx, user.id, now, null);
    const position = await record(tx, [
      {
        type: 'user.registered',
        aggregateType: 'user',
        aggregateId: user.id,
        aggregateVersion: 1,
        payload: { userId: user.id },
      },
    ]);
    return { session: sessionOf(user, sign, refreshToken), position };
  });
}

/** Signs a user in. Throws invalid_credentials, rate_limited, demo_login_refused, overloaded. */
export async function login(
  deps: AuthDeps,
  { email, password }: Static<typeof LoginBody>,
  now: Date,
): Promise<Session> {
  const user = await judge(deps, email, password, now);
  if (!user) throw new ProblemError('invalid_credentials');
  assertAllowed(user, deps);
  deps.limits.succeeded(email);
  const refreshToken = await transaction(deps.pool, (tx) => issueRefreshToken(tx, user.id, now, null));
  return sessionOf(user, deps.sign, refreshToken);
}

/** The user with this email and password. Takes as long for an email that nobody has. */
async function judge({ pool, limits }: AuthDeps, email: string, password: string, now: Date) {
  const wait = limits.attempt(email, now.getTime());
  if (wait > 0) {
    throw new ProblemError('rate_limited', 'too many attempts to sign in to this account', {
      headers: { 'retry-after': String(wait) },
    });
  }
  try {
    const user = await findUserByEmail(pool, email);
    return (await verifyPassword(user?.passwordHash ?? null, password)) ? user : undefined;
  } catch (error) {
    limits.withdraw(email);
    throw error;
  }
}

/** Exchanges a refresh token for a new session. Throws invalid_refresh_token, demo_login_refused. */
export async function refresh(deps: AuthDeps, refreshToken: string, now: Date): Promise<Session> {
  const exchanged = await transaction(deps.pool, (tx) => exchangeRefreshToken(tx, refreshToken, now));
  const user = exchanged && (await findUser(deps.pool, exchanged.userId));
  if (!user) throw new ProblemError('invalid_refresh_token');
  assertAllowed(user, deps);
  return sessionOf(user, deps.sign, exchanged.refreshToken);
}

/** Ends the sign-in that the token belongs to. */
export const logout = ({ pool }: AuthDeps, refreshToken: string, now: Date): Promise<void> =>
  transaction(pool, (tx) => revokeFamilyOf(tx, refreshToken, now));

function assertAllowed(user: StoredUser, { allowsDemoUsers }: AuthDeps): void {
  if (user.isDemo && !allowsDemoUsers) throw new ProblemError('demo_login_refused');
}

function sessionOf({ id, email, name, role }: User, sign: AccessTokenSigner, refreshToken: string): Session {
  const user: User = { id, email, name, role };
  return { user, accessToken: sign(user), expiresIn: ACCESS_TOKEN_SECONDS, refreshToken };
}
