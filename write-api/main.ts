import { OutboxNotifier } from '@eduplatform/db/outbox-notifier';
import { createPool } from '@eduplatform/db/pool';
import { Counters } from '@eduplatform/http-kit/rate-limits/counters';
import type { Logger } from '@eduplatform/observability/logger';
import type { RunningService } from '@eduplatform/process-kit/service';
import { runWorkers, type WorkerPlace } from '@eduplatform/process-kit/workers/run';
import { buildApp } from './app.ts';
import { watchSigningKeys } from './auth/signing-keys.ts';
import { startBackground } from './background.ts';
import { paymentProviderOf, readWriteApiConfig, type WriteApiConfig } from './config.ts';
import { createMockProvider } from './payments/mock-provider.ts';
import { PAYMENT_TIMING } from './payments/timing.ts';

await runWorkers({
  name: 'write-api',
  readConfig: readWriteApiConfig,
  settingsOf: (config) => ({
    workers: config.WEB_CONCURRENCY,
    metrics: { host: config.METRICS_HOST, port: config.WRITE_API_METRICS_PORT },
  }),
  start: startWriteApi,
});

async function startWriteApi(
  config: WriteApiConfig,
  logger: Logger,
  { isFirst, count }: WorkerPlace,
): Promise<RunningService> {
  const signingKeys = await watchSigningKeys(config.SIGNING_KEYS_FILE, logger);
  const onError = (error: Error): void => logger.warn({ err: error }, 'a connection to Postgres failed');
  const connection = { connectionString: config.DATABASE_URL, onError };
  const pool = createPool({ ...connection, applicationName: 'write-api', max: connectionsOf(count) });
  const notifier = new OutboxNotifier(connection);
  const trustedProxies = config.WRITE_API_TRUSTED_PROXIES.split(',').map((name) => name.trim());
  const counters = new Counters({
    ...(config.REDIS_URL && { redis: { url: config.REDIS_URL, prefix: config.REDIS_PREFIX } }),
    logger,
  });
  const rateLimits = { counters, factor: config.RATE_LIMIT_FACTOR };
  const provider = paymentProviderOf(config) === 'mock' ? createMockProvider(connection) : null;
  const payments = { provider, timing: PAYMENT_TIMING };
  const app = await buildApp({
    config,
    pool,
    notifier,
    signingKeys: signingKeys.keys,
    logger,
    trustedProxies,
    rateLimits,
    payments,
  });
  counters.start();
  const url = await app.listen({ host: config.WRITE_API_HOST, port: config.WRITE_API_PORT });
  // Each of these jobs may run in several processes at once (what is due is claimed in Postgres), as it does where the
  // service itself runs several times. In every worker they would only look into the same queues that many times as often.
  const background = isFirst ? startBackground({ config, pool, notifier, logger, payments }) : null;
  logger.info({ url, mode: config.EDU_MODE }, 'listening');
  return {
    drain: () => app.beginDraining(),
    async stop() {
      await app.close();
      await background?.stop();
      await provider?.close();
      signingKeys.stop();
      counters.stop();
      await notifier.close();
      await pool.end();
    },
  };
}

/** Connections to Postgres of one worker. All together stay below what a server with default settings has to give. */
function connectionsOf(workers: number): number {
  const [most, least, together] = [10, 3, 60];
  return Math.max(least, Math.min(most, Math.floor(together / workers)));
}
