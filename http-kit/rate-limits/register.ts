import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../problem.ts';
import { callerOf } from './caller.ts';
import { RATE_LIMITS, rateClassOf, type RateClass, type RateLimit } from './classes.ts';
import type { Counters } from './counters.ts';
import { refusedRequests } from './metrics.ts';

export interface RateLimitOptions {
  counters: Counters;
  /** Other figures for some classes: `max` of a caller in the class's own window. */
  max?: Partial<Record<RateClass, number>>;
  /** Multiplies every limit. */
  factor?: number;
}

type Limiter = (request: FastifyRequest, reply: FastifyReply) => Promise<void> | void;

/**
 * Counts a request for its caller and says in `RateLimit-*` headers (IETF draft 6) how much is left. Throws rate_limited.
 * To be called when it is known who asks, and before anything else is done for them.
 */
export function createLimiter({ counters, max: given = {}, factor = 1 }: RateLimitOptions): Limiter {
  const answer = (reply: FastifyReply, name: RateClass, max: number, counted: { count: number; resetMs: number }) => {
    const seconds = Math.max(1, Math.ceil(counted.resetMs / 1000));
    reply.header('ratelimit-limit', max);
    reply.header('ratelimit-remaining', Math.max(0, max - counted.count));
    reply.header('ratelimit-reset', seconds);
    if (counted.count <= max) return;
    refusedRequests.inc({ class: name });
    throw new ProblemError('rate_limited', `at most ${max} requests of this kind; try again in ${seconds} s`, {
      headers: { 'retry-after': String(seconds) },
    });
  };
  return (request, reply) => {
    const { url = 'unmatched', config } = request.routeOptions;
    const name = rateClassOf(request.method, url, config.rateClass);
    if (name === null) return undefined;
    const limit: RateLimit = RATE_LIMITS[name];
    const caller = callerOf(request, limit.byAddress);
    const max = Math.ceil((given[name] ?? limit.max) * factor) * (caller.isUnnamed ? limit.unnamedFactor : 1);
    const key = limit.byAddress ? `${name} ${url} ${caller.key}` : `${name} ${caller.key}`;
    const quota = { windowMs: limit.windowMs, max };
    if (!limit.exact) return answer(reply, name, max, counters.countSoon(key, quota));
    return counters.count(key, quota).then((counted) => answer(reply, name, max, counted));
  };
}
