import { all, compile } from '@fastify/proxy-addr';
import { propagation, ROOT_CONTEXT, SpanKind, trace, type Span } from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_URL_PATH,
} from '@opentelemetry/semantic-conventions';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { HEADERS } from '@eduplatform/contracts/headers';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import { matchesEtag } from '../etag.ts';
import { callerOf, type Asker } from '../rate-limits/caller.ts';
import { headersOf, isUsedUp, type RateLimits } from '../rate-limits/rate-limits.ts';
import { requestIdOf } from '../request-id.ts';
import type { RequestDurations } from '../request-metrics.ts';
import type { KeptAnswer, KeptAnswers } from './kept-answer.ts';
import { keptAnswersSent } from './metrics.ts';
import type { RecentTokens } from './recent-tokens.ts';

export interface FrontOptions {
  answers: KeptAnswers;
  limits: RateLimits;
  durations: RequestDurations;
  /** Tokens that need not be verified. */
  recent: RecentTokens;
  /** Proxies whose X-Forwarded-For is believed. */
  trustProxy?: string[];
  /** Of every answer, by name. */
  always: Record<string, string>;
  /** Whether requests are to be let through to where they are shed: the service is overloaded or closing. */
  isShedding: () => boolean;
}

/** Whether an address is of a proxy that is believed. */
type IsTrusted = ReturnType<typeof compile>;

const tracer = trace.getTracer('@eduplatform/http-kit');

/**
 * Stands before the framework and sends kept answers, with all that the framework's hooks do for a request: who asks, rate
 * limits, trace, metrics, headers. Whatever is not plain is left to the framework.
 */
export class Front {
  readonly #options: FrontOptions;
  readonly #always: string[];
  readonly #isTrusted: IsTrusted | undefined;
  readonly #headers = new WeakMap<KeptAnswer, string[]>();

  constructor(options: FrontOptions) {
    this.#options = options;
    this.#always = Object.entries(options.always).flat();
    this.#isTrusted = options.trustProxy && compile(options.trustProxy);
  }

  /** Whether the request has been answered. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.method !== 'GET') return false;
    const answer = this.#options.answers.find(request);
    if (!answer || hasBody(request.headers) || this.#options.isShedding()) return false;
    const user = this.#userOf(request.headers);
    if (user === undefined || (user !== null && !answer.isForAnyone)) return false;
    const limit = this.#options.limits.count('read', callerOf(new RawAsker(request, user, this.#isTrusted)));
    if (isUsedUp(limit)) return false;
    this.#send(request, response, answer, headersOf(limit));
    return true;
  }

  /** Null: nobody signed in. Undefined: what the request carries has to be checked first. */
  #userOf({ authorization }: IncomingHttpHeaders): AccessTokenClaims | null | undefined {
    if (authorization === undefined) return null;
    return authorization.startsWith('Bearer ')
      ? this.#options.recent.find(authorization.slice('Bearer '.length))
      : undefined;
  }

  #send(request: IncomingMessage, response: ServerResponse, answer: KeptAnswer, limit: readonly string[]): void {
    const started = performance.now();
    const id = requestIdOf(request);
    const isHeld = matchesEtag(request.headers['if-none-match'], answer.etag);
    const status = isHeld ? 304 : 200;
    const span = spanOf(request, answer, id);
    // A response closes once: whether it was sent, or its reader has gone.
    response.on('close', () => {
      this.#options.durations.observe('GET', answer.route, status, performance.now() - started);
      span?.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status).end();
    });
    keptAnswersSent.inc();
    if (isHeld) response.writeHead(304, this.#always.concat(answer.headers, HEADERS.requestId, id, limit)).end();
    else
      response.writeHead(200, this.#headersOf(answer).concat(HEADERS.requestId, id, limit)).end(answer.body, 'latin1');
  }

  /** Those that are the same whoever asks: put together once for each answer, since most are sent many times. */
  #headersOf(answer: KeptAnswer): string[] {
    let headers = this.#headers.get(answer);
    if (!headers) this.#headers.set(answer, (headers = [...this.#always, ...answer.headers, ...answer.bodyHeaders]));
    return headers;
  }
}

/** As the framework's, and it says that the answer was kept. Null when it is not sampled, as most are not. */
function spanOf(request: IncomingMessage, { route }: KeptAnswer, id: string): Span | null {
  const { headers, url } = request;
  const parent = headers.traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, headers);
  const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parent);
  if (!span.isRecording()) return null;
  return span.setAttributes({
    [ATTR_HTTP_REQUEST_METHOD]: 'GET',
    [ATTR_URL_PATH]: url,
    [ATTR_HTTP_ROUTE]: route,
    'request.id': id,
    'answer.kept': true,
  });
}

const hasBody = (headers: IncomingHttpHeaders): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

class RawAsker implements Asker {
  readonly #request: IncomingMessage;
  readonly #isTrusted: IsTrusted | undefined;
  readonly user: AccessTokenClaims | null;

  constructor(request: IncomingMessage, user: AccessTokenClaims | null, isTrusted: IsTrusted | undefined) {
    this.#request = request;
    this.#isTrusted = isTrusted;
    this.user = user;
  }

  get headers(): IncomingHttpHeaders {
    return this.#request.headers;
  }

  get socket(): IncomingMessage['socket'] {
    return this.#request.socket;
  }

  get ip(): string {
    if (!this.#isTrusted) return this.socket.remoteAddress ?? '';
    return all(this.#request, this.#isTrusted).at(-1) ?? '';
  }
}
