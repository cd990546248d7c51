import pg from 'pg';
import type { Queryable } from '@eduplatform/db/transaction';
import { delay } from '../run/delay.ts';

/** Any number; the same for all indexers of a database (advisory locks are per database). */
const LOCK = 4_003_001;
const RETRY_MS = 500;
const HEARTBEAT_MS = 1000;
/** A heartbeat without an answer for this long counts as a lost session; the server gives the session up after 3 s. */
const HEARTBEAT_TIMEOUT_MS = 2000;

export interface Leadership {
  /** The session that holds the lock. */
  readonly session: Queryable;
  /** Resolves with the reason when the session is lost (never after `release`): the process has to end then. */
  readonly lost: Promise<Error>;
  release(): Promise<void>;
}

/**
 * Waits until this process is the only leader. The lock lies on a session of its own, which the server ends when it
 * hears no heartbeat for three seconds: a lock alone would be kept for ever by a process that is merely paused.
 * Returns null when aborted before it got the lock.
 */
export async function becomeLeader(
  connectionString: string,
  signal: AbortSignal,
  onError: (error: Error) => void,
): Promise<Leadership | null> {
  while (!signal.aborted) {
    const client = new pg.Client({
      connectionString,
      application_name: 'indexer-leader',
      connectionTimeoutMillis: 3000,
      query_timeout: HEARTBEAT_TIMEOUT_MS,
      keepAlive: true,
    });
    const lost = lossOf(client);
    try {
      await client.connect();
      await client.query(`set idle_session_timeout = '3s'`);
      if (await waitForLock(client, signal)) return lead(client, lost);
    } catch (error) {
      onError(error as Error);
    }
    await client.end().catch(() => undefined);
    await delay(RETRY_MS, signal);
  }
  return null;
}

async function waitForLock(client: pg.Client, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [LOCK]);
    if (rows[0]?.locked) return true;
    await delay(RETRY_MS, signal);
  }
  return false;
}

const lossOf = (client: pg.Client): Promise<Error> =>
  new Promise((resolve) => {
    client.on('error', resolve);
    client.on('end', () => resolve(new Error('the leader session ended')));
  });

function lead(client: pg.Client, ended: Promise<Error>): Leadership {
  let timer: NodeJS.Timeout | undefined;
  let isReleased = false;
  const lost = new Promise<Error>((resolve) => {
    const lose = (error: Error) => {
      clearTimeout(timer);
      if (!isReleased) resolve(error);
    };
    void ended.then(lose);
    const beat = () => {
      timer = setTimeout(() => {
        client.query('select 1').then(beat, lose);
      }, HEARTBEAT_MS);
    };
    beat();
  });
  return {
    session: client,
    lost,
    async release() {
      isReleased = true;
      clearTimeout(timer);
      await client.end().catch(() => undefined);
    },
  };
}
