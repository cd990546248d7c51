import { Type } from '@sinclair/typebox';
import { isPosition, PositionStatus, type Position } from '@eduplatform/contracts/positions';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import type { RouteDependencies } from '../dependencies.ts';
import { goneSignal } from '../freshness/freshness.ts';
import type { PositionWaiters } from '../freshness/position-waiters.ts';
import { isOfOlderHistory } from '../freshness/read-after.ts';

const DEFAULT_TIMEOUT_MS = 2000;
const SINKS = ['redis', 'search'] as const;

/** `waiters` are places of this route alone: whoever waits here must not take those of reads that wait for a position. */
export function positionRoutes(app: App, { state }: RouteDependencies, waiters: PositionWaiters): void {
  const schema = {
    tags: ['Freshness'],
    summary: 'Wait until a position is live in each sink',
    description:
      'Answers as soon as every sink has passed the position, when the time is up, or at once when too many wait; always 200. A position of a history that a restored database replaced is answered at once, as not passed.',
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
    const isPossible = !SINKS.some((sink) => isOfOlderHistory(position, state.mark(sink)?.position));
    if (isPossible) {
      await waiters.wait({
        position,
        sinks: SINKS,
        timeoutMs: request.query.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        signal: goneSignal(reply),
      });
    }
    reply.header('cache-control', 'no-store');
    return status(position);
  });

  function status(position: Position): PositionStatus {
    const sinks = SINKS.map((name) => {
      const isOlder = isOfOlderHistory(position, state.mark(name)?.position);
      const at = isOlder ? null : state.passedAt(name, position);
      return { name, passed: at !== null, at };
    });
    return { position, live: sinks.every(({ passed }) => passed), sinks };
  }
}
