import { MeilisearchApiError, MeilisearchRequestError } from 'meilisearch';
import { TaskFailedError } from './client.ts';

/** Refusals with these say nothing against the documents. */
const OF_THE_SERVER = new Set([
  'index_not_found',
  'database_size_limit_reached',
  'no_space_left_on_device',
  'too_many_open_files',
  'io_error',
  'internal',
  'canceled',
]);
/** Of HTTP answers with 4xx: rights, missing indexes, conflicts, timeouts and full queues are not the documents' fault. */
const DOCUMENT_STATUSES = new Set([400, 413, 422]);

/** Why the engine refused documents that it was sent; null when they are not to blame. */
export function documentFault(error: unknown): string | null {
  if (error instanceof TaskFailedError) {
    return error.type === 'invalid_request' && !OF_THE_SERVER.has(error.code) ? error.message : null;
  }
  const cause = error instanceof MeilisearchRequestError ? error.cause : error;
  if (!(cause instanceof MeilisearchApiError) || !DOCUMENT_STATUSES.has(cause.response.status)) return null;
  const { code = '', type = 'invalid_request', message } = cause.cause ?? {};
  if (type !== 'invalid_request' || OF_THE_SERVER.has(code)) return null;
  return message ?? `HTTP status ${cause.response.status}`;
}
