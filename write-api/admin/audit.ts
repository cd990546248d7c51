import type { Tx } from '@eduplatform/db/transaction';
import type { Actor } from '../commands/outcome.ts';

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
