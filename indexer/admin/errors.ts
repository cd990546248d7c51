import { sqlState } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { JobConflictError } from '../jobs/jobs.ts';

/** What Node and the server say when Postgres cannot be reached, or has just gone. */
const UNREACHABLE = /^(08|57P0|53300|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN)/;
const UNREACHABLE_MESSAGE = /Connection terminated|timeout exceeded when trying to connect|connection error/;

/** Problems of what may go wrong under any route; undefined for what nobody foresaw. */
export function mapError(error: unknown): ProblemError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof JobConflictError) return new ProblemError('job_running', error.message);
  if (UNREACHABLE.test(sqlState(error) ?? '') || UNREACHABLE_MESSAGE.test(error.message)) {
    return new ProblemError('database_unavailable', undefined, { headers: { 'retry-after': '2' }, cause: error });
  }
  return undefined;
}
