import type { Static } from '@sinclair/typebox';
import type { NotificationsResult } from '@eduplatform/contracts/http/learning';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { notificationEvents } from './notify.ts';

type Outcome = CommandOutcome<Static<typeof NotificationsResult>>;

/** Marks one of the actor's notifications as read. Throws notification_not_found. */
export async function readNotification(tx: Tx, { actor, now }: CommandContext, id: string): Promise<Outcome> {
  const found = await tx.query('select from notifications where id = $1 and user_id = $2', [id, actor.id]);
  if (found.rowCount !== 1) throw new ProblemError('notification_not_found');
  return read(tx, 'update notifications set read_at = $2 where user_id = $1 and read_at is null and id = $3', [
    actor.id,
    now,
    id,
  ]);
}

/** Marks everything that the actor has not read as read. */
export const readAllNotifications = (tx: Tx, { actor, now }: CommandContext): Promise<Outcome> =>
  read(tx, 'update notifications set read_at = $2 where user_id = $1 and read_at is null', [actor.id, now]);

async function read(tx: Tx, update: string, values: unknown[]): Promise<Outcome> {
  const { rows } = await tx.query<{ id: string }>(`${update} returning id`, values);
  const position = await record(tx, notificationEvents(rows.map(({ id }) => id)));
  return { result: { changed: rows.length }, position };
}
