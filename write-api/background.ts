import type pg from 'pg';
import type { Logger } from '@eduplatform/observability/logger';
import { tellMore } from './admin/announcements/tell.ts';
import { startCompletionWorker } from './completions/worker.ts';
import type { WriteApiConfig } from './config.ts';
import { tellMoreStudents } from './enrollments/course-news.ts';
import { startHousekeeping } from './housekeeping.ts';
import { fileTransport, smtpTransport } from './mail/transport.ts';
import { startMailWorker } from './mail/worker.ts';
import { startFanOut } from './notifications/fan-out.ts';
import type { PaymentDeps } from './payments/deps.ts';
import { startReconciler } from './payments/reconciler.ts';

interface BackgroundOptions {
  config: WriteApiConfig;
  pool: pg.Pool;
  notifier: { wake(): void };
  logger: Logger;
  payments: Pick<PaymentDeps, 'provider' | 'timing'>;
}

/** Starts what the write API does by itself, beside answering requests. */
export function startBackground(options: BackgroundOptions): { stop(): Promise<void> } {
  const { config, pool, notifier, logger, payments } = options;
  const transport = config.SMTP_URL
    ? smtpTransport(config.SMTP_URL, config.MAIL_FROM)
    : fileTransport(config.MAIL_DIR, config.MAIL_FROM);
  if (!config.SMTP_URL) logger.info({ folder: config.MAIL_DIR }, 'SMTP_URL is not set: mails are written to files');
  const running = [
    startHousekeeping(pool, logger),
    startFanOut({ pool, notifier, logger, tellMore }),
    startFanOut({ pool, notifier, logger, tellMore: tellMoreStudents }),
    startCompletionWorker({ pool, notifier, logger }),
    startMailWorker({ pool, logger, transport, webUrl: config.WEB_URL }),
    startReconciler({ pool, notifier, logger, ...payments }),
  ];
  return {
    async stop() {
      for (const each of running) await each.stop();
    },
  };
}
