import { LRUCache } from 'lru-cache';
import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { HEADERS } from '@eduplatform/contracts/headers';
import type { KeptAnswer, KeptAnswers as Answers } from '@eduplatform/http-kit/kept-answers/kept-answer';
import { rateClassOf } from '@eduplatform/http-kit/rate-limits/classes';
import { freshnessHeaders } from '../freshness/headers.ts';
import type { Basis } from '../read-model/read.ts';

declare module 'fastify' {
  interface FastifyInstance {
    keptAnswers: KeptAnswers;
  }
}

export interface KeptAnswersOptions {
  /** Whether the read model would give all of it again. */
  holds: (basis: Basis) => boolean;
  maxBytes?: number;
}

/** What was sent to a request. */
export interface Sent {
  body: Buffer;
  etag: string;
  headers: Record<string, string>;
  bodyHeaders: Record<string, string>;
  audience: 'anyone' | 'strangers';
}

interface Kept extends KeptAnswer {
  basis: Basis;
}

const MAX_BYTES = 48 * 1024 * 1024;
/** The headers, and what the cache itself needs. */
const OVERHEAD_BYTES = 2000;
/** What an answer is made of is looked at whenever it is sent: beyond this, making it anew is not much slower. */
const MAX_PARTS = 200;
/** Of one part of what it is made of. */
const PART_BYTES = 64;
const MAX_URL_LENGTH = 500;

/**
 * Whole answers, by the address that was asked for. One holds as long as the cache would serve all of what it was made of:
 * what invalidates a document or a list invalidates every page that it is on.
 */
export class KeptAnswers implements Answers {
  readonly #options: KeptAnswersOptions;
  readonly #answers: LRUCache<string, Kept>;

  constructor(options: KeptAnswersOptions) {
    const { maxBytes = MAX_BYTES } = options;
    this.#options = options;
    this.#answers = new LRUCache({ maxSize: maxBytes, maxEntrySize: Math.ceil(maxBytes / 8) });
  }

  /** What all kept answers weigh. */
  get bytes(): number {
    return this.#answers.calculatedSize;
  }

  find({ url = '', headers }: IncomingMessage): KeptAnswer | undefined {
    const kept = this.#answers.get(url);
    // Who has written wants to read what they wrote, which may have to be waited for.
    if (!kept || headers[HEADERS.readAfter] !== undefined) return undefined;
    if (this.#options.holds(kept.basis)) return kept;
    this.#answers.delete(url);
    return undefined;
  }

  /** Keeps what was sent to a request, if it was fresh and made of nothing but what the cache holds. */
  keep(request: FastifyRequest, { body, etag, headers, bodyHeaders, audience }: Sent): void {
    const { read, url } = request;
    const basis = read?.basis;
    const isForAnyone = audience === 'anyone';
    const isForOthers = isForAnyone || request.headers.authorization === undefined;
    if (!isForOthers || !read || read.isStale || !basis || !isWorthKeeping(request, basis)) return;
    const kept: Kept = {
      ...{ route: request.routeOptions.url ?? url, isForAnyone, etag, basis },
      headers: Object.entries({ ...headers, ...freshnessHeaders(read) }).flat(),
      bodyHeaders: Object.entries(bodyHeaders).flat(),
      body: body.toString('latin1'),
    };
    const size = OVERHEAD_BYTES + 2 * url.length + PART_BYTES * basis.validities.length + body.length;
    this.#answers.set(url, kept, { size });
  }
}

/** Addresses that mean the same are endless where a route takes no query: those with one are not kept. */
function isWorthKeeping(
  { method, url, routeOptions: { url: route = '', config, schema } }: FastifyRequest,
  basis: Basis,
): boolean {
  return (
    method === 'GET' &&
    rateClassOf(method, route, config.rateClass) === 'read' &&
    url.length <= MAX_URL_LENGTH &&
    (schema?.querystring !== undefined || !url.includes('?')) &&
    basis.validities.length <= MAX_PARTS
  );
}
