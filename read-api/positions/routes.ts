import { Type } from '@sinclair/typebox';
import { isPosition, PositionStatus, type Position } from '@eduplatform/contracts/positions';
import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import type { SearchSinkName, SinkName } from '@eduplatform/contracts/search-servers';
import { goneSignal } from '../freshness/freshness.ts';
import type { PositionWaiters } from '../freshness/position-waiters.ts';
import { isOfOlderHistory } from '../freshness/read-after.ts';
import type { Sources } from '../freshness/sources.ts';
import type { LiveState } from '../read-model/live-state.ts';

const DEFAULT_TIMEOUT_MS = 2000;
const SOURCES = ['redis', 'search'] as const;

export interface PositionDependencies {
  sources: Sources;
  state: LiveState;
  searchServers: readonly SearchSinkName[];
  /** Places of this route alone: whoever waits here must not take those of reads that wait for a position. */
  waiters: PositionWaiters;
}

export function positionRoutes(app: App, dependencies: PositionDependencies): void {
  const { sources, state, searchServers, waiters } = dependencies;
  const sinks: readonly SinkName[] = ['redis', ...searchServers];
  const schema = {
    tags: ['Freshness'],
    summary: 'Wait until a position is live',
    description:
      'Answers as soon as Redis and one search server in rotation have passed the position, when the time is up, or at once when too many wait; always 200. A position of a history that a restored database replaced is answered at once, as not passed.',
    params: Type.Object({ position: Type.String({ maxLength: 200, description: 'What `X-Outbox-Position` said' }) }),
    querystring: Type.Object(
      {
        timeoutMs: Type.Optional(
          Type.Integer({
            minimum: 0,
            maximum: 30_000,
            default: DEFAULT_TIMEOUT_MS,
            description: 'How long to wait at most',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    response: { 200: PositionStatus },
  };
  const config = { rateClass: 'position' } as const;
  app.get('/v1/positions/:position', { schema, config }, async (request, reply) => {
    const { position } = request.params;
    if (!isPosition(position)) throw new ProblemError('invalid_position');
    const isPossible = !SOURCES.some((source) => isOfOlderHistory(position, sources.mark(source)?.position));
    if (isPossible) {
      await waiters.wait({
        position,
        sources: () => SOURCES,
        timeoutMs: request.query.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        signal: goneSignal(reply),
      });
    }
    reply.header('cache-control', 'no-store');
    return status(position);
  });

  function status(position: Position): PositionStatus {
    const hasPassed = (mark: SinkWatermark | null): boolean =>
      mark !== null && mark.position >= position && !isOfOlderHistory(position, mark.position);
    return {
      position,
      live: SOURCES.every((source) => hasPassed(sources.mark(source))),
      sinks: sinks.map((name) => {
        const at = hasPassed(state.mark(name)) ? state.passedAt(name, position) : null;
        return { name, passed: at !== null, at };
      }),
    };
  }
}
