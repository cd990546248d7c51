import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { Counter, Gauge, registry } from '@eduplatform/observability/metrics';
import type { Logger } from '@eduplatform/observability/logger';
import { mintMailedToken, PURPOSE_OF } from '../auth/mailed-tokens.ts';
import { retryAfter } from './backoff.ts';
import { discard, markFailed, markSent, measureQueue, takeDueMails, type DueMail } from './queue.ts';
import { renderMail } from './render.ts';
import { isMailTemplate, type MailParams, type MailTemplate } from './templates.ts';
import type { MailTransport } from './transport.ts';

export interface MailWorkerOptions {
  pool: pg.Pool;
  logger: Logger;
  transport: MailTransport;
  /** The storefront's origin, for links. */
  webUrl: string;
  /** Milliseconds between two looks at an empty queue. */
  pollMs?: number;
}

const BATCH = 5;
/** Longer than a batch takes at its slowest. */
const LEASE_SECONDS = 300;
const MEASURE_EVERY_MS = 15_000;

const sent = new Counter({
  name: 'mails_total',
  help: 'Mails by template and result: sent, retried, given_up',
  labelNames: ['template', 'result'],
  registers: [registry],
});
// Figures of the one queue, whoever measured it.
const waiting = new Gauge({
  name: 'mail_queue_waiting',
  help: 'Mails that wait to be sent',
  aggregator: 'max',
  registers: [registry],
});
const oldest = new Gauge({
  name: 'mail_queue_oldest_seconds',
  help: 'How long the oldest waiting mail has waited',
  aggregator: 'max',
  registers: [registry],
});

/** Sends what is queued until it is stopped. Several processes may do so at once. */
export function startMailWorker(options: MailWorkerOptions): { stop(): Promise<void> } {
  const { pool, logger, transport, pollMs = 1000 } = options;
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    let measuredAt = 0;
    while (!stopping.signal.aborted) {
      try {
        if (Date.now() - measuredAt >= MEASURE_EVERY_MS) {
          const queue = await measureQueue(pool);
          waiting.set(queue.waiting);
          oldest.set(queue.oldestSeconds);
          measuredAt = Date.now();
        }
        if ((await sendDueMails(options, stopping.signal)) > 0) continue;
      } catch (error) {
        logger.warn({ err: error }, 'the queue of mails cannot be worked on; it is tried again');
      }
      await wait(pollMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
      transport.close();
    },
  };
}

/** Sends the mails that are due, at most a batch; answers how many there were. */
export async function sendDueMails(options: MailWorkerOptions, signal?: AbortSignal): Promise<number> {
  const due = await takeDueMails(options.pool, BATCH, LEASE_SECONDS);
  for (const mail of due) {
    // What is not begun is given back at once, rather than after its lease.
    if (signal?.aborted) await markFailed(options.pool, mail.id, 'the service was stopped', 0);
    else await deliver(options, mail);
  }
  return due.length;
}

async function deliver({ pool, logger, transport, webUrl }: MailWorkerOptions, mail: DueMail): Promise<void> {
  const { id, userId, name, isVerified, recipient, template, params, language, attempts } = mail;
  if (userId === null || name === null) {
    await discard(pool, id);
    return;
  }
  try {
    if (!isMailTemplate(template)) throw new Error(`there is no mail "${template}"`);
    const purpose = PURPOSE_OF[template];
    const token = purpose ? await mintMailedToken(pool, { userId, email: recipient, purpose }, new Date()) : null;
    const words = { language, template, params: params as MailParams[MailTemplate], token };
    const place = await transport.send(renderMail({ to: recipient, name: isVerified ? name : null, ...words }, webUrl));
    await markSent(pool, id);
    sent.inc({ template, result: 'sent' });
    logger.info({ template, mail: place }, 'a mail was sent');
  } catch (error) {
    const seconds = retryAfter(attempts, error);
    await markFailed(pool, id, error instanceof Error ? error.message : String(error), seconds);
    sent.inc({ template, result: seconds === null ? 'given_up' : 'retried' });
    logger.warn({ err: error, template, attempts, retryInSeconds: seconds }, 'a mail could not be sent');
  }
}
