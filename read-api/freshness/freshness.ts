import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZERO_POSITION } from '@eduplatform/contracts/positions';
import { readAfterWaits, readAfterWaitSeconds } from '../metrics.ts';
import { Read } from '../read-model/read.ts';
import type { PositionWaiters } from './position-waiters.ts';
import { isOfOlderHistory, readAfterOf } from './read-after.ts';
import type { Source, Sources } from './sources.ts';

export interface FreshnessOptions {
  sources: Sources;
  waiters: PositionWaiters;
  /** Milliseconds that a request waits at most. */
  waitMs?: number;
}

export type BeginRead = (request: FastifyRequest, reply: FastifyReply, sources: readonly Source[]) => Promise<Read>;

const WAIT_MS = 2000;

/**
 * Begins a read: waits, within bounds, until what it reads from has passed the request's X-Read-After.
 * When it has not in time, the read goes on, and is stale when it then reads anything older. The answer's headers
 * tell (see headers.ts).
 */
export function createBeginRead({ sources, waiters, waitMs = WAIT_MS }: FreshnessOptions): BeginRead {
  const { mark, isUp } = sources;
  const begin: BeginRead = async (request, reply, wanted) => {
    const after = readAfterOf(request.headers);
    if (after === null) return new Read();
    if (wanted.some((source) => isOfOlderHistory(after, mark(source)?.position))) {
      readAfterWaits.inc({ outcome: 'older_history' });
      return new Read({ position: after, reached: after, isLost: true });
    }
    // One that goes away while it is waited for holds nobody up either.
    const reachable = (): Source[] => wanted.filter(isUp);
    // Announcements come by Redis: without it no sink is seen to advance.
    const timeoutMs = isUp('redis') ? waitMs : 0;
    const started = performance.now();
    const outcome = await waiters.wait({ position: after, sources: reachable, timeoutMs, signal: goneSignal(reply) });
    const unreachable = reachable().length < wanted.length && !waiters.hasPassed(after, wanted);
    readAfterWaits.inc({ outcome: unreachable && outcome !== 'timeout' ? 'unreachable' : outcome });
    if (outcome !== 'passed') readAfterWaitSeconds.observe((performance.now() - started) / 1000);
    return new Read({ position: after, reached: mark('redis')?.position ?? ZERO_POSITION });
  };
  return async (request, reply, wanted) => {
    const read = await begin(request, reply, wanted);
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
