import type pg from 'pg';
import { transaction } from '@eduplatform/db/transaction';
import { record } from '../commands/outcome.ts';
import { notificationEvents } from './notify.ts';

const BATCH = 500;

const FORGET = `
  delete from notifications where id in (
    select id from notifications where read_at is not null and created_at < now() - interval '180 days'
    order by created_at limit $1 for update skip locked
  ) returning id`;

/** Deletes notifications that were read and are older than 180 days, in batches; answers how many. */
export async function forgetReadNotifications(pool: pg.Pool, batchSize = BATCH): Promise<number> {
  for (let forgotten = 0; ;) {
    const count = await transaction(pool, async (tx) => {
      const { rows } = await tx.query<{ id: string }>(FORGET, [batchSize]);
      if (rows.length > 0) await record(tx, notificationEvents(rows.map(({ id }) => id)));
      return rows.length;
    });
    forgotten += count;
    if (count < batchSize) return forgotten;
  }
}
