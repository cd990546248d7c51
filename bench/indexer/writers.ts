import { setTimeout as delay } from 'node:timers/promises';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { OutboxNotifier } from '@eduplatform/db/outbox-notifier';
import { createPool } from '@eduplatform/db/pool';
import { transaction, type Tx } from '@eduplatform/db/transaction';

/** A commit, by its event. */
export interface Written {
  position: string;
  /** Just before the commit was asked for, by `performance.now()`. */
  at: number;
}

/** Clients that write to Postgres as the write API does: the change and its event in one transaction, then a wake-up. */
export interface Writers {
  /** @param change may be done again after a deadlock: it must have no effects besides its queries */
  write(change: (tx: Tx) => Promise<OutboxEvent>): Promise<Written>;
  close(): Promise<void>;
}

export function openWriters(databaseUrl: string, clients: number, print: (line: string) => void): Writers {
  const onError = (error: Error) => print(`  ${error.message}`);
  const pool = createPool({ connectionString: databaseUrl, applicationName: 'bench', max: clients, onError });
  const notifier = new OutboxNotifier({ connectionString: databaseUrl, onError });
  return {
    async write(change) {
      const written = await transaction(pool, async (tx) => {
        const position = await appendToOutbox(tx, [await change(tx)], null);
        return { position, at: performance.now() };
      });
      notifier.wake();
      return written;
    },
    async close() {
      await notifier.close();
      await pool.end();
    },
  };
}

/** The position behind all of them: what was begun last need not be it. */
export function latestOf(written: readonly Written[]): string {
  if (written.length === 0) throw new Error('nothing was written');
  return written.reduce((latest, { position }) => (position > latest ? position : latest), '');
}

/**
 * Begins so many writes a second, whether the earlier ones are done or not, as long as `goesOn` says so. The first that fails
 * ends that; rejects with its error when all that had begun are done.
 */
export async function atRate(
  perSecond: number,
  goesOn: (count: number) => boolean,
  next: (count: number) => Promise<Written>,
): Promise<Written[]> {
  const started = performance.now();
  const underWay: Promise<void>[] = [];
  const written: Written[] = [];
  let failure: Error | undefined;
  for (let count = 0; !failure && goesOn(count); count += 1) {
    const wait = started + (count * 1000) / perSecond - performance.now();
    if (wait > 1) await delay(wait);
    // Each is waited for from the beginning: one that nobody waited for would end the process when it failed.
    const one = next(count).then(
      (result) => void (written[count] = result),
      (error: Error) => void (failure ??= error),
    );
    underWay.push(one);
  }
  await Promise.all(underWay);
  if (failure) throw failure;
  return written;
}
