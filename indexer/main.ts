import { setFlagsFromString } from 'node:v8';
import { remoteJwks } from '@eduplatform/http-kit/jwks';
import { Counters } from '@eduplatform/http-kit/rate-limits/counters';
import { runService } from '@eduplatform/process-kit/service';
import { startMetricsServer } from '@eduplatform/observability/metrics';
import { readEngineQueues } from './admin/engine-queue.ts';
import { buildApp } from './app.ts';
import { loadConfig } from './config.ts';
import { startIndexer } from './indexer.ts';

// The heap may grow by a fifth before what is garbage is looked for; by default it doubles, and a backlog's short-lived rows
// and documents then keep twice the memory that they need.
setFlagsFromString('--heap-growing-percent=20');

await runService('indexer', async (logger) => {
  const config = loadConfig();
  const metrics = await startMetricsServer(config.metrics);
  const indexer = startIndexer({
    config,
    logger,
    // Whoever is no longer the leader must stop at once; the supervisor starts it again, and it waits for its turn.
    onFatal: (error) => {
      logger.fatal({ err: error }, error.message);
      process.exit(1);
    },
  });
  const counters = new Counters({ redis: config.redis, logger });
  const app = await buildApp({
    logger,
    keys: remoteJwks({ url: config.admin.jwksUrl, logger }),
    pool: indexer.pool,
    indexer,
    places: config,
    readQueues: () => readEngineQueues(config.search),
    rateLimits: { counters, factor: config.rateLimitFactor },
  });
  counters.start();
  await app.listen(config.admin);
  return {
    drain: () => app.beginDraining(),
    async stop() {
      await app.close();
      await indexer.stop();
      counters.stop();
      await metrics.close();
    },
  };
});
