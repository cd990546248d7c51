import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZERO_POSITION } from '@eduplatform/contracts/positions';
import { readAfterWaits, readAfterWaitSeconds } from '../metrics.ts';
import type { SinkName } from '../read-model/current.ts';
import type { LiveState } from '../read-model/live-state.ts';
import { Read } from '../read-model/read.ts';
import type { PositionWaiters } from './position-waiters.ts';
import { isOfOlderHistory, readAfterOf } from './read-after.ts';

export interface FreshnessOptions {
  state: LiveState;
  waiters: PositionWaiters;
  /** Whether a sink answers: nobody waits for one that does not. */
  isUp: (sink: SinkName) => boolean;
  /** Milliseconds that a request waits at most. */
  waitMs?: number;
}

export type BeginRead = (request: FastifyRequest, reply: FastifyReply, sinks: readonly SinkName[]) => Promise<Read>;

const WAIT_MS = 2000;

/**
 * Begins a read: waits, within bounds, until the sinks that it reads from have passed the request's X-Read-After.
 * When they have not in time, the read goes on, and is stale when it then reads anything older. The answer's headers
 * tell (see headers.ts).
 */
export function createBeginRead({ state, waiters, isUp, waitMs = WAIT_MS }: FreshnessOptions): BeginRead {
  const begin: BeginRead = async (request, reply, sinks) => {
    const after = readAfterOf(request.headers);
    if (after === null) return new Read();
    if (sinks.some((sink) => isOfOlderHistory(after, state.mark(sink)?.position))) {
      readAfterWaits.inc({ outcome: 'older_history' });
      return new Read({ position: after, reached: after, isLost: true });
    }
    const reachable = sinks.filter(isUp);
    // Announcements come by Redis: without it no sink is seen to advance.
    const timeoutMs = isUp('redis') ? waitMs : 0;
    const started = performance.now();
    const outcome = await waiters.wait({ position: after, sinks: reachable, timeoutMs, signal: goneSignal(reply) });
    const unreachable = reachable.length < sinks.length && !waiters.hasPassed(after, sinks);
    readAfterWaits.inc({ outcome: unreachable && outcome !== 'timeout' ? 'unreachable' : outcome });
    if (outcome !== 'passed') readAfterWaitSeconds.observe((performance.now() - started) / 1000);
    return new Read({ position: after, reached: state.mark('redis')?.position ?? ZERO_POSITION });
  };
  return async (request, reply, sinks) => {
    const read = await begin(request, reply, sinks);
    request.read = read;
    return read;
  };
}

/** Aborts when the caller went away before its answer was sent. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}
