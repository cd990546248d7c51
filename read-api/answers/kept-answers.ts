import { LRUCache } from 'lru-cache';
import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { HEADERS } from '@eduplatform/contracts/headers';
import type { KeptAnswer, KeptAnswers as Answers } from '@eduplatform/http-kit/kept-answers/kept-answer';
import { freshnessHeaders } from '../freshness/headers.ts';
import type { CacheEntry } from '../read-model/read-cache.ts';
import type { Answer } from './send.ts';

declare module 'fastify' {
  interface FastifyInstance {
    keptAnswers: KeptAnswers;
  }
}

export interface KeptAnswersOptions {
  /** The generation of the read model that is read now. */
  generation: () => number | undefined;
  areFresh: (entries: readonly CacheEntry[]) => boolean;
  maxBytes?: number;
}

/** What was sent to a request. */
export interface Sent {
  answer: Answer;
  etag: string;
  headers: Record<string, string>;
  bodyHeaders: Record<string, string>;
  isForAnyone: boolean;
}

interface Kept extends KeptAnswer {
  generation: number;
  basis: readonly CacheEntry[];
}

const MAX_BYTES = 48 * 1024 * 1024;
/** The headers, the key, and what the cache itself needs. */
const OVERHEAD_BYTES = 2000;

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

  find({ url = '', headers }: IncomingMessage): KeptAnswer | undefined {
    const kept = this.#answers.get(url);
    // Who has written wants to read what they wrote, which may have to be waited for.
    if (!kept || headers[HEADERS.readAfter] !== undefined) return undefined;
    if (kept.generation === this.#options.generation() && this.#options.areFresh(kept.basis)) return kept;
    this.#answers.delete(url);
    return undefined;
  }

  /**
   * Keeps the answer to a request when it is the same for everybody, or for everybody who is not signed in, and was made of
   * nothing but what the cache holds.
   */
  keep(request: FastifyRequest, { answer, etag, headers, bodyHeaders, isForAnyone }: Sent): void {
    const { read, method, url, routeOptions } = request;
    const basis = read?.basis;
    const generation = this.#options.generation();
    const isForOthers = isForAnyone || request.headers.authorization === undefined;
    if (method !== 'GET' || !isForOthers || !read || read.isStale || !basis?.length || generation === undefined) return;
    const kept: Kept = {
      ...{ route: routeOptions.url ?? url, isForAnyone, etag, generation, basis },
      headers: Object.entries({ ...headers, ...freshnessHeaders(read) }).flat(),
      bodyHeaders: Object.entries(bodyHeaders).flat(),
      body: answer.text ?? answer.body.toString(),
    };
    // What it was made of is held as well.
    this.#answers.set(url, kept, { size: OVERHEAD_BYTES + 3 * answer.body.length });
  }
}
