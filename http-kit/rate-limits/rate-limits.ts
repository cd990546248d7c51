import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../problem.ts';
import { callerOf, type Caller } from './caller.ts';
import { RATE_LIMITS, rateClassOf, type RateClass, type RateLimit } from './classes.ts';
import type { Counters } from './counters.ts';
import { refusedRequests } from './metrics.ts';
import type { Counted, Quota } from './window-counters.ts';

export interface RateLimitOptions {
  counters: Counters;
  /** Other figures for some classes: `max` of a caller in the class's own window. */
  max?: Partial<Record<RateClass, number>>;
  /** Multiplies every limit. */
  factor?: number;
}

/** Where a caller stands with a class of routes, this request included. */
export interface Standing {
  max: number;
  counted: Counted;
}

/** Whether the request is one too many; it is then not counted. */
export const isUsedUp = ({ max, counted }: Standing): boolean => counted.count > max;

/** `RateLimit-*` headers (IETF draft 6), names and values in turn. */
export const headersOf = ({ max, counted }: Standing): string[] => [
  'ratelimit-limit',
  String(max),
  'ratelimit-remaining',
  String(Math.max(0, max - counted.count)),
  'ratelimit-reset',
  String(secondsOf(counted)),
];

const secondsOf = ({ resetMs }: Counted): number => Math.max(1, Math.ceil(resetMs / 1000));

/** Counts requests for their callers. */
export class RateLimits {
  readonly #options: RateLimitOptions;

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /**
   * Counts a request for its caller and says in headers how much is left. Throws rate_limited.
   * To be called when it is known who asks, and before anything else is done for them.
   */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<void> | void {
    const { url = 'unmatched', config } = request.routeOptions;
    const name = rateClassOf(request.method, url, config.rateClass);
    if (name === null) return undefined;
    const limit: RateLimit = RATE_LIMITS[name];
    const caller = callerOf(request, limit.byAddress);
    const key = limit.byAddress ? `${name} ${url} ${caller.key}` : `${name} ${caller.key}`;
    const quota = this.#quotaOf(name, caller);
    const settle = (counted: Counted): void => answer(reply, name, { max: quota.max, counted });
    const { counters } = this.#options;
    return limit.exact ? counters.count(key, quota).then(settle) : settle(counters.countSoon(key, quota));
  }

  /** Counts a request of a class that is neither exact nor counted by address. */
  count(name: RateClass, caller: Caller): Standing {
    const quota = this.#quotaOf(name, caller);
    return { max: quota.max, counted: this.#options.counters.countSoon(`${name} ${caller.key}`, quota) };
  }

  #quotaOf(name: RateClass, { isUnnamed }: Caller): Quota {
    const { max: given = {}, factor = 1 } = this.#options;
    const { windowMs, max, unnamedFactor } = RATE_LIMITS[name];
    return { windowMs, max: Math.ceil((given[name] ?? max) * factor) * (isUnnamed ? unnamedFactor : 1) };
  }
}

function answer(reply: FastifyReply, name: RateClass, standing: Standing): void {
  const headers = headersOf(standing);
  for (let index = 0; index < headers.length; index += 2) reply.header(headers[index] ?? '', headers[index + 1]);
  if (!isUsedUp(standing)) return;
  refusedRequests.inc({ class: name });
  const seconds = secondsOf(standing.counted);
  throw new ProblemError('rate_limited', `at most ${standing.max} requests of this kind; try again in ${seconds} s`, {
    headers: { 'retry-after': String(seconds) },
  });
}
