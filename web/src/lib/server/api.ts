import { HEADERS } from '@eduplatform/contracts/headers';
import { isPosition } from '@eduplatform/contracts/positions';
import { ACCESS_TOKEN_SECONDS } from '@eduplatform/contracts/tokens';
import { mergeFreshness, type Freshness, type FreshnessSample } from '../freshness.ts';
import { ApiError, type ApiName } from './problem.ts';
import { bodyOf, queryString, sendRequest, type ApiRequest, type Query } from './request.ts';

/** Reads must be quick or fail; commands may hash a password or publish a whole course; a diagnosis asks every server. */
const TIMEOUT_MS: Record<ApiName, number> = { read: 3_000, write: 10_000, indexer: 5_000 };

const DOWNLOAD_MS = 60_000;
/** The read API ends a stream with the token that opened it; this is for one that it forgets. */
const STREAM_MS = (ACCESS_TOKEN_SECONDS + 60) * 1_000;

export interface WriteOptions {
  query?: Query;
  body?: unknown;
  /** Version of the course draft that the change is based on; sent as If-Match. */
  ifMatch?: number;
  idempotencyKey?: string;
}

export interface WriteResult<T> {
  data: T;
  /** Position of the command's last outbox row; null when the answer named none. */
  position: string | null;
  /** Draft version from the ETag; null where there is none. */
  version: number | null;
}

/** The APIs on behalf of one visitor, for the time of one request. Every method throws ApiError. */
export interface Api {
  /** GET on the read API; remembers how fresh the answer was. */
  read<T>(path: string, query?: Query, options?: ReadOptions): Promise<T>;
  /** Any request to the write API, GETs under /v1/studio included; remembers the position of a command. */
  write<T>(method: ApiRequest['method'], path: string, options?: WriteOptions): Promise<WriteResult<T>>;
  /** Any request to the indexer's admin API. */
  indexer<T>(method: ApiRequest['method'], path: string, options?: Pick<WriteOptions, 'query' | 'body'>): Promise<T>;
  /** GET on the write API whose body is passed on as it arrives, for as long as DOWNLOAD_MS. */
  download(path: string): Promise<Response>;
  /** Server-sent events of the read API, from behind the event that is named, until the signal or the token ends. */
  follow(path: string, lastEventId: string | null, signal: AbortSignal): Promise<Response>;
  /** How fresh the answers so far were; undefined before the first. */
  freshness(): Freshness | undefined;
}

export interface ReadOptions {
  /** Milliseconds; for requests that wait on purpose. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface ApiContext {
  readUrl: string;
  writeUrl: string;
  indexerUrl: string;
  requestId: string;
  /** Addresses from the visitor to here, for limits by address. */
  forwardedFor: string;
  /** The visitor's browser, by which they know their sessions apart. */
  userAgent: string | null;
  accessToken(): string | null;
  /** Replaces an access token that was refused; null when the session is over. */
  renewAccessToken(): Promise<string | null>;
  readAfter(): string | null;
  onWrite(position: string): void;
}

/** Builds the visitor's view of the APIs. */
export function createApi(context: ApiContext): Api {
  const samples: FreshnessSample[] = [];

  /** Sends with the visitor's token, and once more with a new one when that had run out. */
  async function send(request: ApiRequest): Promise<Response> {
    const token = context.accessToken();
    try {
      return await sendRequest(withToken(request, token));
    } catch (error) {
      if (!token || !isExpired(error)) throw error;
      const renewed = await context.renewAccessToken();
      return sendRequest(withToken(request, renewed));
    }
  }

  const baseHeaders = () => ({
    accept: 'application/json',
    [HEADERS.requestId]: context.requestId,
    'x-forwarded-for': context.forwardedFor,
    ...(context.userAgent !== null && { 'user-agent': context.userAgent }),
  });

  return {
    async read<T>(path: string, query: Query = {}, options: ReadOptions = {}): Promise<T> {
      const readAfter = context.readAfter();
      const response = await send({
        api: 'read',
        method: 'GET',
        url: context.readUrl + path + queryString(query),
        headers: { ...baseHeaders(), ...(readAfter && { [HEADERS.readAfter]: readAfter }) },
        timeoutMs: options.timeoutMs ?? TIMEOUT_MS.read,
        ...(options.signal && { signal: options.signal }),
      });
      samples.push(sampleOf(response.headers));
      return bodyOf<T>('read', response);
    },

    async write<T>(method: ApiRequest['method'], path: string, options: WriteOptions = {}): Promise<WriteResult<T>> {
      const response = await send({
        api: 'write',
        method,
        url: context.writeUrl + path + queryString(options.query ?? {}),
        headers: { ...baseHeaders(), ...commandHeaders(options) },
        timeoutMs: TIMEOUT_MS.write,
        ...(options.body !== undefined && { body: options.body }),
      });
      const position = response.headers.get(HEADERS.outboxPosition);
      if (isPosition(position)) context.onWrite(position);
      return {
        data: await bodyOf<T>('write', response),
        position: isPosition(position) ? position : null,
        version: versionOf(response.headers.get('etag')),
      };
    },

    async indexer<T>(
      method: ApiRequest['method'],
      path: string,
      options: Pick<WriteOptions, 'query' | 'body'> = {},
    ): Promise<T> {
      const response = await send({
        api: 'indexer',
        method,
        url: context.indexerUrl + path + queryString(options.query ?? {}),
        headers: { ...baseHeaders(), ...commandHeaders(options) },
        timeoutMs: TIMEOUT_MS.indexer,
        ...(options.body !== undefined && { body: options.body }),
      });
      return bodyOf<T>('indexer', response);
    },

    follow: (path, lastEventId, signal) =>
      send({
        api: 'read',
        method: 'GET',
        url: context.readUrl + path,
        headers: {
          ...baseHeaders(),
          accept: 'text/event-stream',
          ...(lastEventId !== null && { 'last-event-id': lastEventId }),
        },
        timeoutMs: STREAM_MS,
        signal,
      }),

    download: (path) =>
      send({
        api: 'write',
        method: 'GET',
        url: context.writeUrl + path,
        headers: baseHeaders(),
        timeoutMs: DOWNLOAD_MS,
      }),

    freshness: () => mergeFreshness(samples, Date.now()) ?? undefined,
  };
}

const withToken = (request: ApiRequest, token: string | null): ApiRequest =>
  token ? { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } } : request;

const isExpired = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'token_expired' || error.code === 'invalid_token');

const commandHeaders = ({ body, ifMatch, idempotencyKey }: WriteOptions): Record<string, string> => ({
  ...(body !== undefined && { 'content-type': 'application/json' }),
  ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
  ...(idempotencyKey !== undefined && { [HEADERS.idempotencyKey]: idempotencyKey }),
});

const sampleOf = (headers: Headers): FreshnessSample => ({
  time: headers.get(HEADERS.readTime),
  position: headers.get(HEADERS.readPosition),
  stale: headers.get(HEADERS.readStale) === 'true',
});

/** `"7"` and `W/"7"` name version 7. */
function versionOf(etag: string | null): number | null {
  const digits = /^(?:W\/)?"(\d+)"$/.exec(etag ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
