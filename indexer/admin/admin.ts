import { isUuid, type Role } from '@eduplatform/contracts/primitives';
import type { Queryable, Tx } from '@eduplatform/db/transaction';
import { userOf } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';

type Request = Parameters<typeof userOf>[0];

/** Who asks, as they stand now. */
export interface Asker {
  id: string;
  role: Role;
}

const FIND = `
  select id, role, suspended_at is not null as "isSuspended", deleted_at is not null as "isDeleted",
    exists (select from sessions where id = $2 and ended_at is not null) as "isSignedOut"
  from users where id = $1`;

interface Row extends Asker {
  isSuspended: boolean;
  isDeleted: boolean;
  isSignedOut: boolean;
}

/**
 * Who sends a request: a token may be older than a change of role, a suspension, or the end of its session. Throws
 * invalid_token when the account or the session is gone, account_suspended.
 */
export async function askerOf(db: Queryable | Tx, request: Request): Promise<Asker> {
  const { sub, sid } = userOf(request);
  if (!isUuid(sub)) throw new ProblemError('invalid_token');
  const { rows } = await db.query<Row>(FIND, [sub, sid ?? null]);
  const row = rows[0];
  if (!row || row.isDeleted) throw new ProblemError('invalid_token', 'the user of this token no longer exists');
  if (row.isSuspended) throw new ProblemError('account_suspended');
  if (row.isSignedOut) throw new ProblemError('invalid_token', 'this session has ended; sign in again');
  return { id: row.id, role: row.role };
}

/** The same, who has to be an admin. Throws forbidden too. */
export async function adminOf(db: Queryable | Tx, request: Request): Promise<Asker> {
  const asker = await askerOf(db, request);
  if (asker.role !== 'admin') throw new ProblemError('forbidden', 'this needs the role admin');
  return asker;
}

/** Throws as `adminOf`, but takes the token's word for it when Postgres cannot be asked. */
export async function assertAdminNow(db: Queryable, request: Request): Promise<void> {
  try {
    await adminOf(db, request);
  } catch (error) {
    if (error instanceof ProblemError || userOf(request).role !== 'admin') throw error;
    request.log.warn({ err: error }, 'an admin is taken at the word of their token');
  }
}

export interface AuditSubject {
  type: 'sink' | 'dead_letter' | 'indexer_job';
  id: string;
}

const AUDIT = `
  insert into audit_log (admin_id, action, subject_type, subject_id, details) values ($1, $2, $3, $4, $5)`;

/** Notes what an admin did, in the transaction that does it. `action` is `<subject>.<verb>`. */
export async function audit(
  tx: Tx,
  admin: Asker,
  action: string,
  subject: AuditSubject,
  details: object = {},
): Promise<void> {
  await tx.query(AUDIT, [admin.id, action, subject.type, subject.id, JSON.stringify(details)]);
}
