import { sqlState } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';

/** Node's codes and SQLSTATEs that mean: Postgres cannot be reached, or has just gone. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  '53300', // too_many_connections
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '25006', // read_only_sql_transaction: a standby
]);
/** pg and its pool say these with no code at all. */
const UNREACHABLE_MESSAGES = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
  'Cannot use a pool after calling end',
];
/** Time limits of ours that ran out: the server works, but too much wants the same rows. */
const OVERLOADED = new Set(['55P03', '57014', '25P03', '25P04', '40001', '40P01']);
/** Characters that Postgres cannot store. */
const UNSTORABLE = new Set(['22021', '22P05']);

/** Problems of the errors that Postgres raises under any command; undefined for those that nobody foresaw. */
export function mapError(error: unknown): ProblemError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = sqlState(error) ?? '';
  const isUnreachable =
    UNREACHABLE.has(code) || code.startsWith('08') || UNREACHABLE_MESSAGES.some((text) => error.message.includes(text));
  if (isUnreachable) return retryLater('database_unavailable', error);
  if (OVERLOADED.has(code)) return retryLater('overloaded', error);
  if (UNSTORABLE.has(code)) {
    return new ProblemError('invalid_request', 'the text contains a character that cannot be stored', { cause: error });
  }
  if (code === '23503') return fromForeignKey(error);
  return undefined;
}

const retryLater = (code: 'database_unavailable' | 'overloaded', cause: Error): ProblemError =>
  new ProblemError(code, undefined, { headers: { 'retry-after': '2' }, cause });

/** A token outlives its user when the database was set back; everything else here is checked before it is written. */
function fromForeignKey(error: Error): ProblemError | undefined {
  const constraint = 'constraint' in error ? String(error.constraint) : '';
  if (/_(owner_id|user_id|published_by)_fkey$/.test(constraint)) {
    return new ProblemError('invalid_token', 'the user of this token no longer exists; sign in again', {
      cause: error,
    });
  }
  if (constraint === 'courses_category_slug_fkey') return unknownCategory(error);
  return undefined;
}

export const unknownCategory = (cause?: unknown): ProblemError =>
  new ProblemError('invalid_request', 'there is no such category', {
    errors: [{ path: 'body/category', message: 'there is no such category' }],
    cause,
  });
