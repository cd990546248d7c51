import type pg from 'pg';

declare const inTransaction: unique symbol;

/** A connection inside a transaction. Helpers that write take this and nothing else, so no write escapes its transaction. */
export type Tx = Pick<pg.PoolClient, 'query'> & { readonly [inTransaction]: true };

/** Anything that can run a query: for reads that need no transaction. */
export type Queryable = Pick<pg.Pool, 'query'>;

/** SQLSTATEs after which the same transaction may simply be run again. */
const RETRYABLE: Record<string, string> = {
  '40001': 'serialization_failure',
  '40P01': 'deadlock_detected',
};
const MAX_ATTEMPTS = 3;

export const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/**
 * Runs `work` in one transaction and commits it. Rolls back and rethrows when it throws; runs it again, up to three
 * times in all, after a deadlock or a serialization failure. So `work` must have no effects besides its queries.
 */
export async function transaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptTransaction(pool, work);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !RETRYABLE[sqlState(error) ?? '']) throw error;
    }
  }
}

async function attemptTransaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The server may end the session while we hold it (shutdown, a timeout); the query in flight rejects by itself.
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(client as unknown as Tx);
    await client.query('commit');
    return result;
  } catch (error) {
    // The first error is the one that matters; a connection that cannot roll back is thrown away.
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
