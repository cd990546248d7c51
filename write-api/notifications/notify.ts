import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { NotificationType } from '@eduplatform/contracts/notifications';
import { LANGUAGES } from '@eduplatform/contracts/primitives';
import type { Tx } from '@eduplatform/db/transaction';
import { notificationWords } from './words.ts';

/** What somebody is told. Its parameters are what the words need (see words.ts), as they are now. */
export interface Notice {
  userId: string;
  type: NotificationType;
  params: Record<string, string>;
  /** Whose name is the parameter `name`. */
  aboutUserId?: string;
  /** Path of the storefront, without a language. */
  link?: string;
}

/** What is mailed also to those who want important mails only. */
const IMPORTANT: NotificationType[] = ['paid', 'payment_failed', 'refunded', 'verified', 'rejected', 'announcement'];

/** Mails to one person within an hour, besides important ones: who makes others be told again and again fills no mailbox. */
const MAILS_AN_HOUR = 50;

/** Ids in one event. */
const CHUNK = 500;
/** Notices in one statement: each stays far below its time limit. */
const BATCH = 5000;

const INSERT = `
  with notices as (
    select user_id, n, notice from unnest($1::uuid[], $2::int[]) as list (user_id, n)
    join jsonb_array_elements($3::jsonb) with ordinality as notices (notice, number) on number = n
  ), inserted as (
    insert into notifications (user_id, type, params, about_user_id, created_at)
    select u.id, notice ->> 'type', notice -> 'params', (notice ->> 'aboutUserId')::uuid, $4
    from notices join users u on u.id = user_id and u.deleted_at is null
    returning id
  ), mailed as (
    insert into mail_queue (user_id, recipient, template, params, language)
    select u.id, u.email, 'notification', notice -> 'mail' -> u.language, u.language
    from notices join users u on u.id = user_id and u.deleted_at is null
    where u.email_preference <> 'none' and notice ->> 'type' = any ($5)
      or u.email_preference = 'all' and (
        select count(*) from (
          select from mail_queue q where q.user_id = u.id and q.created_at > now() - interval '1 hour'
          limit ${MAILS_AN_HOUR}
        ) recent
      ) < ${MAILS_AN_HOUR}
  )
  select id from inserted`;

/**
 * Tells people something, in the transaction of what caused it: inserts their notifications, queues a mail for those who
 * want one, and answers the events, which the caller records with its own. Also for many thousands at once.
 */
export async function notify(tx: Tx, notices: Notice[], now: Date): Promise<OutboxEvent[]> {
  const ids: string[] = [];
  for (let start = 0; start < notices.length; start += BATCH) {
    ids.push(...(await insertNotices(tx, notices.slice(start, start + BATCH), now)));
  }
  return notificationEvents(ids);
}

async function insertNotices(tx: Tx, notices: Notice[], now: Date): Promise<string[]> {
  // What many are told is sent to Postgres once.
  const different = new Map<string, number>();
  const numbers = notices.map(({ userId: _, ...notice }) => {
    const key = JSON.stringify(notice);
    if (!different.has(key)) different.set(key, different.size + 1);
    return different.get(key);
  });
  const told = [...different.keys()].map((key) => withWords(JSON.parse(key) as Omit<Notice, 'userId'>));
  const users = notices.map(({ userId }) => userId);
  const { rows } = await tx.query<{ id: string }>(INSERT, [users, numbers, JSON.stringify(told), now, IMPORTANT]);
  return rows.map(({ id }) => id);
}

function withWords({ type, params, aboutUserId, link }: Omit<Notice, 'userId'>) {
  const mails = LANGUAGES.map((language) => {
    const { subject, text } = notificationWords(type, language, params);
    return [language, { subject, text, link: link ?? null }] as const;
  });
  return {
    type,
    params: { ...params, ...(link !== undefined && { link }) },
    ...(aboutUserId !== undefined && { aboutUserId }),
    mail: Object.fromEntries(mails),
  };
}

/** The events of notifications that were created, read or deleted. */
export function notificationEvents(ids: string[]): OutboxEvent[] {
  const events: OutboxEvent[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK);
    events.push({
      type: 'notifications.changed',
      aggregateType: 'notification',
      aggregateId: chunk[0] ?? '',
      aggregateVersion: 1,
      payload: { ids: chunk },
    });
  }
  return events;
}
