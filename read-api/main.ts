import { searchServers } from '@eduplatform/contracts/search-servers';
import { createTokenVerifier } from '@eduplatform/http-kit/auth';
import { remoteJwks } from '@eduplatform/http-kit/jwks';
import { Counters } from '@eduplatform/http-kit/rate-limits/counters';
import type { Logger } from '@eduplatform/observability/logger';
import type { RunningService } from '@eduplatform/process-kit/service';
import { runWorkers } from '@eduplatform/process-kit/workers/run';
import { buildApp } from './app.ts';
import { readApiConfig, type ReadApiConfig } from './config.ts';
import { createReadModel } from './read-model/read-model.ts';
import { createSearchEngine } from './search/engine.ts';

await runWorkers({
  name: 'read-api',
  readConfig: readApiConfig,
  settingsOf: (config) => ({
    workers: config.WEB_CONCURRENCY,
    metrics: { host: config.METRICS_HOST, port: config.READ_API_METRICS_PORT },
  }),
  start: startReadApi,
});

async function startReadApi(config: ReadApiConfig, logger: Logger): Promise<RunningService> {
  const keys = remoteJwks({ url: new URL('/.well-known/jwks.json', config.WRITE_API_URL).href, logger });
  const readModel = createReadModel({ url: config.REDIS_URL, prefix: config.REDIS_PREFIX, logger });
  const counters = new Counters({ redis: { url: config.REDIS_URL, prefix: config.REDIS_PREFIX }, logger });
  const searchEngine = createSearchEngine({
    servers: searchServers({
      urls: config.MEILI_URLS,
      url: config.MEILI_URL,
      keys: config.MEILI_SEARCH_KEYS,
      key: config.MEILI_SEARCH_KEY,
    }),
    maxBehindMs: config.READ_API_SEARCH_MAX_BEHIND_MS,
    indexPrefix: config.MEILI_INDEX_PREFIX,
    readModel,
    logger,
  });
  const app = await buildApp({
    logger,
    readModel,
    searchEngine,
    rateLimits: {
      counters,
      max: { search: config.READ_API_SEARCHES_PER_10S },
      factor: config.RATE_LIMIT_FACTOR,
    },
    verifier: createTokenVerifier(keys),
    trustedProxies: config.READ_API_TRUSTED_PROXIES.split(',').map((name) => name.trim()),
  });
  readModel.start();
  searchEngine.start();
  counters.start();
  await app.listen({ host: config.READ_API_HOST, port: config.READ_API_PORT });
  return {
    drain: () => app.beginDraining(),
    async stop() {
      await app.close();
      searchEngine.stop();
      await readModel.stop();
      counters.stop();
    },
  };
}
