import type { TokenVerifier } from '@eduplatform/http-kit/auth';
import type { RateLimitOptions } from '@eduplatform/http-kit/rate-limits/rate-limits';
import { createServer, type App } from '@eduplatform/http-kit/server';
import type { Logger } from '@eduplatform/observability/logger';
import { KeptAnswers } from './answers/kept-answers.ts';
import { catalogRoutes } from './catalog/routes.ts';
import { categoryRoutes } from './categories/routes.ts';
import { certificateRoutes } from './certificates/routes.ts';
import { courseRoutes } from './courses/routes.ts';
import type { RouteDependencies } from './dependencies.ts';
import { enrollmentRoutes } from './enrollments/routes.ts';
import { favoriteRoutes } from './favorites/routes.ts';
import { createBeginRead } from './freshness/freshness.ts';
import { reportFreshness } from './freshness/headers.ts';
import { PositionWaiters } from './freshness/position-waiters.ts';
import { createSources } from './freshness/sources.ts';
import { lessonRoutes } from './lessons/routes.ts';
import { meRoutes } from './me/routes.ts';
import { noteRoutes } from './notes/routes.ts';
import { notificationRoutes } from './notifications/routes.ts';
import { notificationStreamRoutes } from './notifications/stream-routes.ts';
import { NotificationStreams, type StreamLimits } from './notifications/streams.ts';
import { paymentRoutes } from './payments/routes.ts';
import { positionRoutes } from './positions/routes.ts';
import { progressRoutes } from './progress/routes.ts';
import { questionRoutes } from './questions/routes.ts';
import type { ReadModel } from './read-model/read-model.ts';
import { reviewRoutes } from './reviews/routes.ts';
import type { SearchEngine } from './search/engine.ts';
import { searchRoutes } from './search/routes.ts';
import { teacherRoutes } from './teachers/routes.ts';

export interface ReadApiDependencies {
  logger: Logger;
  readModel: ReadModel;
  searchEngine: SearchEngine;
  verifier?: TokenVerifier;
  /** Proxies whose X-Forwarded-For names the caller: addresses, ranges, or `loopback`, `linklocal`, `uniquelocal`. */
  trustedProxies?: string[];
  /** Milliseconds that X-Read-After waits at most. */
  readAfterMs?: number;
  rateLimits?: RateLimitOptions;
  /** How many may wait for a position to be live at once. */
  maxPositionWaiters?: number;
  streams?: StreamLimits;
}

const RESOURCES = [
  ...[catalogRoutes, categoryRoutes, courseRoutes, lessonRoutes, teacherRoutes, reviewRoutes, certificateRoutes],
  ...[meRoutes, enrollmentRoutes, progressRoutes, paymentRoutes, favoriteRoutes, notificationRoutes],
  ...[noteRoutes, questionRoutes],
];

const MAX_POSITION_WAITERS = 500;

/** The read API as it ships. Connects to nothing by itself; closing it sends away whoever waits. */
export async function buildApp(dependencies: ReadApiDependencies): Promise<App> {
  const { logger, readModel, searchEngine, verifier, trustedProxies, rateLimits, readAfterMs } = dependencies;
  const { state, documents, direct } = readModel;
  const sources = createSources(readModel, searchEngine);
  const waiters = new PositionWaiters(sources);
  const positionWaiters = new PositionWaiters(sources, dependencies.maxPositionWaiters ?? MAX_POSITION_WAITERS);
  const streams = new NotificationStreams(readModel, logger, dependencies.streams);
  const keptAnswers = new KeptAnswers({ holds: (basis) => readModel.holds(basis) });
  const app = await createServer({
    name: 'read-api',
    title: 'EduPlatform read API',
    description: 'Catalog, courses, lessons and search, from the read models alone.',
    logger,
    ...(verifier && { verifier }),
    ...(trustedProxies && { trustProxy: trustedProxies }),
    ...(rateLimits && { rateLimits }),
    checks: { redis: () => readModel.check() },
    keptAnswers,
  });
  app.decorate('keptAnswers', keptAnswers);
  reportFreshness(app);
  const beginRead = createBeginRead({
    sources,
    waiters,
    ...(readAfterMs !== undefined && { waitMs: readAfterMs }),
  });
  app.addHook('preClose', async () => {
    waiters.stop();
    positionWaiters.stop();
    streams.stop();
  });
  const shared: RouteDependencies = { documents, direct, state, beginRead };
  for (const routes of RESOURCES) routes(app, shared);
  positionRoutes(app, { sources, state, searchServers: searchEngine.names, waiters: positionWaiters });
  notificationStreamRoutes(app, shared, streams);
  searchRoutes(app, shared, searchEngine);
  return app;
}
