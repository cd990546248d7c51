import type pg from 'pg';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import { transaction, type Tx } from '@eduplatform/db/transaction';
import { record } from '../../commands/outcome.ts';
import { notify } from '../../notifications/notify.ts';

/** People who are told in one transaction. */
const CHUNK = 2000;

interface Announcement {
  id: string;
  title: string;
  text: string;
  link: string | null;
  lastUserId: string | null;
  createdAt: Date;
}

const COLUMNS = 'id, title, text, link, last_user_id as "lastUserId", created_at as "createdAt"';

/** Skips one that another process is at. */
const LOCK_NEXT = `
  select ${COLUMNS} from announcements where finished_at is null order by id limit 1 for update skip locked`;

/** Who registered later did not yet know the school. */
const AUDIENCE = `
  select id from users
  where ($1::uuid is null or id > $1) and deleted_at is null and created_at <= $3
  order by id limit $2`;

/**
 * Tells the next people of an announcement that the caller has locked. Where it stands is saved with what was told, so
 * that a crash leaves nobody out and tells nobody twice. Answers the events.
 */
async function tellNext(tx: Tx, announcement: Announcement, now: Date, chunk: number): Promise<OutboxEvent[]> {
  const { id, title, text, link, lastUserId, createdAt } = announcement;
  const { rows } = await tx.query<{ id: string }>(AUDIENCE, [lastUserId, chunk, createdAt]);
  const what = { type: 'announcement', params: { title, text }, ...(link !== null && { link }) } as const;
  const events = await notify(
    tx,
    rows.map((user) => ({ userId: user.id, ...what })),
    now,
  );
  await tx.query(
    `update announcements set last_user_id = coalesce($2, last_user_id), finished_at = case when $3 then $4::timestamptz end
     where id = $1`,
    [id, rows.at(-1)?.id ?? null, rows.length < chunk, now],
  );
  return events;
}

/** Tells the first people of an announcement that this very transaction has made: in a small school, everybody. */
export async function tellFirst(tx: Tx, announcementId: string, now: Date): Promise<OutboxEvent[]> {
  const { rows } = await tx.query<Announcement>(`select ${COLUMNS} from announcements where id = $1`, [announcementId]);
  return rows[0] ? tellNext(tx, rows[0], now, CHUNK) : [];
}

/** Goes on with an announcement that not everybody was told of. Answers false when there is none. */
export const tellMore = (pool: pg.Pool, now: Date, chunk = CHUNK): Promise<boolean> =>
  transaction(pool, async (tx) => {
    const { rows } = await tx.query<Announcement>(LOCK_NEXT);
    if (!rows[0]) return false;
    const events = await tellNext(tx, rows[0], now, chunk);
    if (events.length > 0) await record(tx, events);
    return true;
  });
