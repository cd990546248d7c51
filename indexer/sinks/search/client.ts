import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Meilisearch, MeilisearchApiError, MeilisearchRequestError, type MeilisearchErrorResponse } from 'meilisearch';

const REQUEST_TIMEOUT_MS = 30_000;
/** Below this, compressing costs more than it saves. */
const GZIP_FROM_BYTES = 16_384;
const FASTEST = { level: 1 };
const compress = promisify(gzip);

/** The official client. Its own transport takes no compressed bodies, so requests are made here, on `fetch` as well. */
export const createSearchClient = (host: string, apiKey: string): Meilisearch =>
  new Meilisearch({ host, apiKey, httpClient: request, timeout: REQUEST_TIMEOUT_MS });

/** What is thrown here arrives as the cause of a MeilisearchRequestError. */
async function request(input: RequestInfo | URL, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(input, await compressed(init));
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw new MeilisearchApiError(response, answer as MeilisearchErrorResponse | undefined);
  return answer;
}

async function compressed(init: RequestInit): Promise<RequestInit> {
  const { body } = init;
  if (typeof body !== 'string' || body.length < GZIP_FROM_BYTES) return init;
  const headers = new Headers(init.headers);
  headers.set('content-encoding', 'gzip');
  return { ...init, headers, body: new Uint8Array(await compress(body, FASTEST)) };
}

/** The code of Meilisearch's answer, such as `index_not_found`. */
export function searchErrorCode(error: unknown): string | undefined {
  if (error instanceof TaskFailedError) return error.code;
  const cause = error instanceof MeilisearchRequestError ? error.cause : error;
  return cause instanceof MeilisearchApiError ? cause.cause?.code : undefined;
}

/** A task was taken on and then failed. */
export class TaskFailedError extends Error {
  readonly code: string;
  /** invalid_request, internal, auth or system. */
  readonly type: string;

  constructor(uid: number, code: string, message: string, type: string) {
    super(`task ${uid} failed: ${message}`);
    this.name = 'TaskFailedError';
    this.code = code;
    this.type = type;
  }
}
