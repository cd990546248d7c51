import type { AuditLog } from '@eduplatform/contracts/http/admin';
import type { Queryable, Tx } from '@eduplatform/db/transaction';
import type { Actor } from '../commands/outcome.ts';
import { pageOf, type PageRequest } from './page.ts';

/** What an admin did something to. */
export interface AuditSubject {
  type:
    | 'category'
    | 'user'
    | 'teacher_application'
    | 'review'
    | 'course'
    | 'coupon'
    | 'payment'
    | 'question'
    | 'announcement';
  id: string;
}

const INSERT = `
  insert into audit_log (admin_id, action, subject_type, subject_id, details) values ($1, $2, $3, $4, $5)`;

/**
 * Notes what an admin did, in the transaction that does it. `action` is `<subject>.<verb>`, as in `review.hide`;
 * `details` is what was asked for, such as the reason.
 */
export async function audit(
  tx: Tx,
  actor: Actor,
  action: string,
  subject: AuditSubject,
  details: object = {},
): Promise<void> {
  await tx.query(INSERT, [actor.id, action, subject.type, subject.id, JSON.stringify(details)]);
}

const LIST = `
  select a.id, a.admin_id as "adminId", u.name as "adminName", a.action, a.subject_type as "subjectType",
    a.subject_id as "subjectId", a.details, a.created_at as "createdAt"
  from audit_log a join users u on u.id = a.admin_id
  where $1::uuid is null or a.id < $1 order by a.id desc limit $2`;

type Row = Omit<AuditLog['items'][number], 'createdAt'> & { createdAt: Date };

/** What admins did, newest first. */
export async function listAuditLog(db: Queryable, { after, limit }: PageRequest): Promise<AuditLog> {
  const { rows } = await db.query<Row>(LIST, [after, limit + 1]);
  return pageOf(
    rows,
    limit,
    ({ id }) => id,
    (row) => ({ ...row, createdAt: row.createdAt.toISOString() }),
  );
}
