import pg from 'pg';

export interface PoolOptions {
  connectionString: string;
  /** Shown in pg_stat_activity, so that an operator sees who holds what. */
  applicationName: string;
  /** Connections at most. */
  max?: number;
  onError?: (error: Error) => void;
}

/**
 * Limits of every connection of ours. A writing transaction that never ends would hold back the outbox's horizon, and
 * with it every reader in the cluster, so the server itself ends such a transaction.
 */
export const SESSION_LIMITS = {
  statement_timeout: '15s',
  lock_timeout: '5s',
  idle_in_transaction_session_timeout: '10s',
  transaction_timeout: '30s',
} as const;

export function createPool({ connectionString, applicationName, max = 10, onError }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    application_name: applicationName,
    max,
    connectionTimeoutMillis: 3000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    options: Object.entries(SESSION_LIMITS)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    types: { getTypeParser },
  });
  // Without a listener the loss of an idle connection would end the process; the pool replaces it by itself.
  pool.on('error', (error) => onError?.(error));
  return pool;
}

const INT8 = 20;

/** bigint columns become numbers (versions, counts). Positions and transaction ids are selected as text. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  Number(oid) === INT8 && format !== 'binary' ? parseInt8 : pg.types.getTypeParser(oid, format as 'text');

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit; select it as text`);
  return value;
}
