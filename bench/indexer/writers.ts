import type pg from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { OutboxNotifier } from '@eduplatform/db/outbox-notifier';
import { createPool } from '@eduplatform/db/pool';

/** A commit, by its event. */
export interface Written {
  position: string;
  /** Just before the commit was asked for, by `performance.now()`. */
  at: number;
}

/** Clients that write to Postgres as the write API does: the change and its event in one transaction, then a wake-up. */
export interface Writers {
  write(change: (client: pg.PoolClient) => Promise<OutboxEvent>): Promise<Written>;
  close(): Promise<void>;
}

export function openWriters(databaseUrl: string, clients: number, print: (line: string) => void): Writers {
  const onError = (error: Error) => print(`  ${error.message}`);
  const pool = createPool({ connectionString: databaseUrl, applicationName: 'bench', max: clients, onError });
  const notifier = new OutboxNotifier({ connectionString: databaseUrl, onError });
  return {
    async write(change) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const event = await change(client);
        const position = await appendToOutbox(client as never, [event], null);
        const at = performance.now();
        await client.query('commit');
        notifier.wake();
        return { position, at };
      } finally {
        client.release();
      }
    },
    async close() {
      await notifier.close();
      await pool.end();
    },
  };
}

/** Begins so many writes a second, whether the earlier ones are done or not, as long as `goesOn` says so. */
export async function atRate(
  perSecond: number,
  goesOn: (count: number) => boolean,
  next: (count: number) => Promise<Written>,
): Promise<Written[]> {
  const started = performance.now();
  const underWay: Promise<Written>[] = [];
  for (let count = 0; goesOn(count); count += 1) {
    const wait = started + (count * 1000) / perSecond - performance.now();
    if (wait > 1) await delay(wait);
    underWay.push(next(count));
  }
  return Promise.all(underWay);
}
