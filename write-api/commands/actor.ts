import type { FastifyRequest } from 'fastify';
import type { Role } from '@eduplatform/contracts/primitives';
import type { Queryable, Tx } from '@eduplatform/db/transaction';
import { userOf } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { Actor } from './outcome.ts';

interface ActorRow {
  id: string;
  role: Role;
  isVerified: boolean;
  suspendedAt: Date | null;
  deletedAt: Date | null;
  isSignedOut: boolean;
}

const FIND = `
  select id, role, is_verified as "isVerified", suspended_at as "suspendedAt", deleted_at as "deletedAt",
    exists (select from sessions where id = $2 and ended_at is not null) as "isSignedOut"
  from users where id = $1`;

/**
 * Who sends a request, as they stand now: a token may be older than a change of role, a suspension, or the end of its
 * session. Throws invalid_token when the account or the session is gone, account_suspended.
 */
export async function actorOf(db: Queryable | Tx, request: FastifyRequest): Promise<Actor> {
  const { sub, sid } = userOf(request);
  const { rows } = await db.query<ActorRow>(FIND, [sub, sid ?? null]);
  return judgeActor(rows[0]);
}

/**
 * actorOf for commands: the account cannot be deleted or suspended before the transaction ends, and one that is being
 * deleted is waited for. Otherwise a command beside the deletion would leave a note, or a charge, to nobody.
 */
export async function lockActor(tx: Tx, request: FastifyRequest): Promise<Actor> {
  const { sub, sid } = userOf(request);
  const { rows } = await tx.query<ActorRow>(`${FIND} for key share`, [sub, sid ?? null]);
  return judgeActor(rows[0]);
}

/** The actor that a user's row stands for. Throws invalid_token, account_suspended. */
function judgeActor(row: ActorRow | undefined): Actor {
  if (!row || row.deletedAt) throw new ProblemError('invalid_token', 'the user of this token no longer exists');
  if (row.suspendedAt) throw new ProblemError('account_suspended');
  if (row.isSignedOut) throw new ProblemError('invalid_token', 'this session has ended; sign in again');
  return { id: row.id, role: row.role, isVerified: row.isVerified };
}

/** Throws forbidden unless the actor is an admin. */
export function assertAdmin(actor: Actor): void {
  if (actor.role !== 'admin') throw new ProblemError('forbidden', 'this needs the role admin');
}
