import { OutboxNotifier } from '@eduplatform/db/outbox-notifier';
import { createPool } from '@eduplatform/db/pool';
import { Counters } from '@eduplatform/http-kit/rate-limits/counters';
import { runService } from '@eduplatform/http-kit/service';
import { startMetricsServer } from '@eduplatform/observability/metrics';
import { tellMore } from './admin/announcements/tell.ts';
import { buildApp } from './app.ts';
import { watchSigningKeys } from './auth/signing-keys.ts';
import { paymentProviderOf, readWriteApiConfig } from './config.ts';
import { startCompletionWorker } from './completions/worker.ts';
import { tellMoreStudents } from './enrollments/course-news.ts';
import { startHousekeeping } from './housekeeping.ts';
import { fileTransport, smtpTransport } from './mail/transport.ts';
import { startMailWorker } from './mail/worker.ts';
import { startFanOut } from './notifications/fan-out.ts';
import { createMockProvider } from './payments/mock-provider.ts';
import { startReconciler } from './payments/reconciler.ts';
import { PAYMENT_TIMING } from './payments/timing.ts';

await runService('write-api', async (logger) => {
  const config = readWriteApiConfig();
  const signingKeys = await watchSigningKeys(config.SIGNING_KEYS_FILE, logger);
  const onError = (error: Error): void => logger.warn({ err: error }, 'a connection to Postgres failed');
  const pool = createPool({ connectionString: config.DATABASE_URL, applicationName: 'write-api', onError });
  const notifier = new OutboxNotifier({ connectionString: config.DATABASE_URL, onError });
  const trustedProxies = config.WRITE_API_TRUSTED_PROXIES.split(',').map((name) => name.trim());
  const counters = new Counters({
    ...(config.REDIS_URL && { redis: { url: config.REDIS_URL, prefix: config.REDIS_PREFIX } }),
    logger,
  });
  const rateLimits = { counters, factor: config.RATE_LIMIT_FACTOR };
  const isMock = paymentProviderOf(config) === 'mock';
  const provider = isMock ? createMockProvider({ connectionString: config.DATABASE_URL, onError }) : null;
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
  const metrics = await startMetricsServer({ host: config.METRICS_HOST, port: config.WRITE_API_METRICS_PORT });
  const url = await app.listen({ host: config.WRITE_API_HOST, port: config.WRITE_API_PORT });
  const housekeeping = startHousekeeping(pool, logger);
  const announcements = startFanOut({ pool, notifier, logger, tellMore });
  const courseNews = startFanOut({ pool, notifier, logger, tellMore: tellMoreStudents });
  const completions = startCompletionWorker({ pool, notifier, logger });
  const reconciler = startReconciler({ pool, notifier, logger, ...payments });
  const transport = config.SMTP_URL
    ? smtpTransport(config.SMTP_URL, config.MAIL_FROM)
    : fileTransport(config.MAIL_DIR, config.MAIL_FROM);
  const mails = startMailWorker({ pool, logger, transport, webUrl: config.WEB_URL });
  if (!config.SMTP_URL) logger.info({ folder: config.MAIL_DIR }, 'SMTP_URL is not set: mails are written to files');
  logger.info({ url, metrics: metrics.url, mode: config.EDU_MODE }, 'listening');
  return {
    drain: () => app.beginDraining(),
    async stop() {
      await app.close();
      await metrics.close();
      await housekeeping.stop();
      await announcements.stop();
      await courseNews.stop();
      await completions.stop();
      await mails.stop();
      await reconciler.stop();
      await provider?.close();
      signingKeys.stop();
      counters.stop();
      await notifier.close();
      await pool.end();
    },
  };
});
