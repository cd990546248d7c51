import type { TokenVerifier } from '@eduplatform/http-kit/auth';
import { createServer, type App } from '@eduplatform/http-kit/server';
import type { Logger } from '@eduplatform/observability/logger';
import { catalogRoutes } from './catalog/routes.ts';
import { categoryRoutes } from './categories/routes.ts';
import { courseRoutes } from './courses/routes.ts';
import type { RouteDependencies } from './dependencies.ts';
import { createBeginRead } from './freshness/freshness.ts';
import { PositionWaiters } from './freshness/position-waiters.ts';
import { lessonRoutes } from './lessons/routes.ts';
import { positionRoutes } from './positions/routes.ts';
import type { ReadModel } from './read-model/read-model.ts';

export interface ReadApiDependencies {
  logger: Logger;
  readModel: ReadModel;
  verifier?: TokenVerifier;
  /** Proxies whose X-Forwarded-For names the caller: addresses, ranges, or `loopback`, `linklocal`, `uniquelocal`. */
  trustedProxies?: string[];
  /** Milliseconds that X-Read-After waits at most. */
  readAfterMs?: number;
}

/** The read API as it ships. Connects to nothing by itself; closing it sends away whoever waits. */
export async function buildApp(dependencies: ReadApiDependencies): Promise<App> {
  const { logger, readModel, verifier, trustedProxies, readAfterMs } = dependencies;
  const { state, documents } = readModel;
  const waiters = new PositionWaiters(state);
  const app = await createServer({
    name: 'read-api',
    title: 'EduPlatform read API',
    description: 'Catalog, courses, lessons and search, from the read models alone.',
    logger,
    ...(verifier && { verifier }),
    ...(trustedProxies && { trustProxy: trustedProxies }),
    checks: { redis: () => readModel.check() },
  });
  const beginRead = createBeginRead({
    state,
    waiters,
    isUp: () => readModel.isUp,
    ...(readAfterMs !== undefined && { waitMs: readAfterMs }),
  });
  app.addHook('preClose', async () => waiters.stop());
  const shared: RouteDependencies = { documents, state, waiters, beginRead };
  for (const routes of [catalogRoutes, courseRoutes, lessonRoutes, categoryRoutes, positionRoutes]) {
    routes(app, shared);
  }
  return app;
}
