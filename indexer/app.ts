import { Type, type Static } from '@sinclair/typebox';
import { Position } from '@eduplatform/contracts/positions';
import { createTokenVerifier, requireRole } from '@eduplatform/http-kit/auth';
import type { KeySource } from '@eduplatform/http-kit/jwks';
import type { RateLimitOptions } from '@eduplatform/http-kit/rate-limits/register';
import { createServer, type App } from '@eduplatform/http-kit/server';
import type { Logger } from '@eduplatform/observability/logger';
import type { SinkStatus } from './run/status.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

const IndexerSinkStatus = Type.Object(
  {
    name: Type.String(),
    state: Type.String({ description: 'waiting, opening, building, live or failing' }),
    generation: Type.Integer(),
    position: Nullable(Position),
    watermarkAt: Nullable(Type.String({ format: 'date-time' })),
    lag: Nullable(
      Type.Object({
        rows: Type.Integer({ description: 'Outbox rows not yet applied; counting stops at 100,000' }),
        seconds: Type.Number({ description: 'Age of the oldest of them' }),
      }),
    ),
    build: Nullable(Type.Object({ done: Type.Integer(), total: Type.Integer() })),
    lastError: Nullable(Type.Object({ message: Type.String(), at: Type.String({ format: 'date-time' }) })),
  },
  { $id: 'IndexerSinkStatus' },
);

const IndexerStatus = Type.Object(
  {
    epoch: Nullable(Type.Integer()),
    isLeader: Type.Boolean(),
    databaseError: Nullable(Type.String({ description: 'Why lag and horizon are null' })),
    horizonHolder: Nullable(
      Type.Object({
        pid: Type.Integer(),
        database: Type.String(),
        application: Type.String(),
        state: Type.String(),
        seconds: Type.Number(),
      }),
    ),
    sinks: Type.Array(IndexerSinkStatus),
  },
  { $id: 'IndexerStatus' },
);
export type IndexerStatus = Static<typeof IndexerStatus>;

export interface AppDependencies {
  logger: Logger;
  keys: KeySource;
  sinks: () => SinkStatus[];
  status: () => Promise<IndexerStatus>;
  rateLimits?: RateLimitOptions;
}

/** The admin API. Ready when every sink follows the stream. */
export async function buildApp({ logger, keys, sinks, status, rateLimits }: AppDependencies): Promise<App> {
  const checks = Object.fromEntries(
    sinks().map(({ name }) => [
      name,
      async () => {
        const current = sinks().find((sink) => sink.name === name);
        if (current?.state === 'live') return;
        throw new Error(`${current?.state ?? 'unknown'}${current?.lastError ? `: ${current.lastError.message}` : ''}`);
      },
    ]),
  );
  const app = await createServer({
    name: 'indexer',
    title: 'EduPlatform indexer',
    description: 'What operators ask the indexer.',
    logger,
    verifier: createTokenVerifier(keys),
    checks,
    ...(rateLimits && { rateLimits }),
  });
  app.get(
    '/v1/admin/indexer/status',
    {
      schema: {
        tags: ['indexer'],
        summary: 'Where each read model stands',
        security: [{ bearer: [] }],
        response: { 200: IndexerStatus },
      },
      onRequest: requireRole('admin'),
    },
    status,
  );
  return app;
}
