import type { Language } from '@eduplatform/contracts/primitives';
import type { Queryable, Tx } from '@eduplatform/db/transaction';
import type { MailParams, MailTemplate } from './templates.ts';

/** A mail to a user, in their language. */
export interface QueuedMail<T extends MailTemplate = MailTemplate> {
  userId: string;
  template: T;
  params: MailParams[T];
}

const INSERT = `
  insert into mail_queue (user_id, recipient, template, params, language)
  select u.id, u.email, m.template, m.params, u.language
  from jsonb_to_recordset($1::jsonb) as m ("userId" uuid, template text, params jsonb)
  join users u on u.id = m."userId" and u.deleted_at is null`;

/** Queues mails in the transaction of what they tell of; the worker sends them after its commit. */
export async function queueMails(tx: Tx, mails: QueuedMail[]): Promise<void> {
  if (mails.length > 0) await tx.query(INSERT, [JSON.stringify(mails)]);
}

const INSERT_FOR_ADDRESS = `
  insert into mail_queue (user_id, recipient, template, language)
  select u.id, coalesce(u.email, asked.email), $2, coalesce(u.language, 'en')
  from (select $1::citext as email) asked left join users u on u.email = asked.email`;

/**
 * Queues a mail to whoever has the address. For an address that nobody has the very same is done, so that the time tells
 * nothing; the worker throws that row away. It goes to the address as its user wrote it: spellings that Postgres takes
 * for the same may be other people's mailboxes.
 */
export async function queueMailToAddress(db: Queryable, email: string, template: 'password_reset'): Promise<void> {
  await db.query(INSERT_FOR_ADDRESS, [email, template]);
}

/** A mail as the worker takes it from the queue. */
export interface DueMail {
  id: string;
  userId: string | null;
  /** Name of the user now. */
  name: string | null;
  /** Whether the user has confirmed that the recipient's address is theirs. */
  isVerified: boolean;
  recipient: string;
  template: string;
  params: object;
  language: Language;
  /** This attempt included. */
  attempts: number;
}

const TAKE = `
  update mail_queue set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $2)
  from (
    select id as due_id from mail_queue where next_attempt_at <= now()
    order by template = 'notification', next_attempt_at limit $1 for update skip locked
  ) due
  where id = due_id
  returning id, user_id as "userId", (select name from users where users.id = user_id) as name,
    exists (
      select from users where users.id = user_id and email = recipient and email_verified_at is not null
    ) as "isVerified",
    recipient, template, params, language, attempts`;

/**
 * Takes mails that are due, notifications last: somebody waits for the others. Nobody else takes them for `leaseSeconds`; a worker that dies meanwhile leaves them to be
 * sent once more. No transaction stays open while a mail is sent: it would hold back the outbox.
 */
export async function takeDueMails(db: Queryable, limit: number, leaseSeconds: number): Promise<DueMail[]> {
  const { rows } = await db.query<DueMail>(TAKE, [limit, leaseSeconds]);
  return rows;
}

/** What the mail said is not kept once it was sent. */
export const markSent = (db: Queryable, id: string) =>
  db.query(
    `update mail_queue set sent_at = now(), next_attempt_at = null, last_error = null, params = '{}' where id = $1`,
    [id],
  );

export const discard = (db: Queryable, id: string) => db.query('delete from mail_queue where id = $1', [id]);

const MAX_ERROR = 500;

/** Notes a failed attempt. Without `retryAfterSeconds` the mail is given up, and what it said is not kept. */
export const markFailed = (db: Queryable, id: string, error: string, retryAfterSeconds: number | null) =>
  db.query(
    `update mail_queue set last_error = $2, next_attempt_at = now() + make_interval(secs => $3),
       failed_at = case when $3::float8 is null then now() end, params = case when $3::float8 is null then '{}' else params end
     where id = $1`,
    [id, error.slice(0, MAX_ERROR), retryAfterSeconds],
  );

/** How many mails wait, and how many seconds the oldest of them has waited. */
export async function measureQueue(db: Queryable): Promise<{ waiting: number; oldestSeconds: number }> {
  const { rows } = await db.query<{ waiting: number; oldestSeconds: number }>(
    `select count(*)::int as waiting, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as "oldestSeconds"
     from mail_queue where next_attempt_at is not null`,
  );
  return rows[0] ?? { waiting: 0, oldestSeconds: 0 };
}
