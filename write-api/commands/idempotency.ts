import { sqlState, type Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { CommandOutcome } from './outcome.ts';
import type { IdempotencyRequest } from './preconditions.ts';

const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Runs `work` once per key. The key is claimed in the command's own transaction, so a request in flight makes its replay
 * wait at the unique index: until it commits, and the replay gets its answer; until it fails, and the replay runs
 * instead; or until the session's lock timeout (5 s), which is idempotency_conflict.
 */
export async function idempotently<R>(
  tx: Tx,
  request: IdempotencyRequest | null,
  work: () => Promise<CommandOutcome<R>>,
): Promise<CommandOutcome<R>> {
  if (!request) return work();
  if (!(await claimKey(tx, request))) return replay<R>(tx, request);
  const outcome = await work();
  await tx.query('update idempotency_keys set response = $3 where user_id = $1 and key = $2', [
    request.userId,
    request.key,
    JSON.stringify(outcome),
  ]);
  return outcome;
}

/** Whether the key was free. Waits for a transaction that has just claimed it; throws idempotency_conflict when that takes too long. */
export async function claimKey(tx: Tx, { userId, key, requestHash }: IdempotencyRequest): Promise<boolean> {
  try {
    const { rowCount } = await tx.query(
      `insert into idempotency_keys (user_id, key, request_hash) values ($1, $2, $3)
       on conflict (user_id, key) do nothing`,
      [userId, key, requestHash],
    );
    return rowCount === 1;
  } catch (error) {
    if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
    throw new ProblemError('idempotency_conflict', undefined, { headers: { 'retry-after': '1' }, cause: error });
  }
}

async function replay<R>(tx: Tx, { userId, key, requestHash }: IdempotencyRequest): Promise<CommandOutcome<R>> {
  const { rows } = await tx.query<{ request_hash: Buffer; response: CommandOutcome<R> }>(
    'select request_hash, response from idempotency_keys where user_id = $1 and key = $2',
    [userId, key],
  );
  const stored = rows[0];
  // Forgotten by the housekeeping in this very moment: as good as still running, and a retry will find it gone.
  if (!stored) throw new ProblemError('idempotency_conflict', undefined, { headers: { 'retry-after': '1' } });
  if (!stored.request_hash.equals(requestHash)) throw new ProblemError('idempotency_mismatch');
  return stored.response;
}
