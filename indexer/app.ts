import { createTokenVerifier } from '@eduplatform/http-kit/auth';
import type { KeySource } from '@eduplatform/http-kit/jwks';
import type { RateLimitOptions } from '@eduplatform/http-kit/rate-limits/rate-limits';
import { createServer, type App } from '@eduplatform/http-kit/server';
import type { Logger } from '@eduplatform/observability/logger';
import { deadLetterRoutes } from './admin/dead-letter-routes.ts';
import { mapError } from './admin/errors.ts';
import { jobRoutes } from './admin/job-routes.ts';
import { sinkRoutes, type AdminDependencies } from './admin/routes.ts';
import type { Config } from './config.ts';
import { whyRoutes } from './why/routes.ts';

export interface AppDependencies extends AdminDependencies {
  logger: Logger;
  keys: KeySource;
  /** Where the read models and their readers are. */
  places: Pick<Config, 'redis' | 'search' | 'readApiUrl'>;
  rateLimits?: RateLimitOptions;
}

/** States in which a sink is as it shall be; one that is paused stands still because somebody wants it to. */
const READY = new Set(['live', 'paused']);

/** The admin API. Ready when every sink follows the stream. */
export async function buildApp({ logger, keys, places, rateLimits, ...deps }: AppDependencies): Promise<App> {
  const { sinks } = deps.indexer;
  const checks = Object.fromEntries(
    sinks().map(({ name }) => [
      name,
      async () => {
        const current = sinks().find((sink) => sink.name === name);
        if (current && READY.has(current.state)) return;
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
    mapError,
    ...(rateLimits && { rateLimits }),
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.routeOptions.url?.startsWith('/v1/admin')) reply.header('cache-control', 'no-store');
  });
  sinkRoutes(app, deps);
  deadLetterRoutes(app, deps);
  jobRoutes(app, deps);
  whyRoutes(app, {
    db: deps.pool,
    config: places,
    readApiUrl: places.readApiUrl,
    readQueues: deps.readQueues,
    errorOf: (name) => {
      const sink = sinks().find((each) => each.name === name);
      return sink?.state === 'failing' ? (sink.lastError?.message ?? null) : null;
    },
    onError: (error) => logger.debug({ err: error }, 'somebody asked why, and not all could be found out'),
  });
  return app;
}
