import type pg from 'pg';
import { createLogger } from '@eduplatform/observability/logger';
import type { Mail } from '../mail/render.ts';
import { sendDueMails, type MailWorkerOptions } from '../mail/worker.ts';

const WEB_URL = 'https://school.example';

/** Sends what is queued, as the worker does, into an array. */
export function openMailbox(pool: pg.Pool) {
  const mails: Mail[] = [];
  const options: MailWorkerOptions = {
    pool,
    logger: createLogger('mailbox', 'silent'),
    webUrl: WEB_URL,
    transport: {
      async send(mail) {
        mails.push(mail);
        return mail.to;
      },
      close: () => {},
    },
  };
  return {
    /** Mails to an address so far, oldest first. */
    async to(address: string): Promise<Mail[]> {
      for (;;) if ((await sendDueMails(options)) === 0) break;
      return mails.filter(({ to }) => to === address);
    },
  };
}

/** The token in the link of a mail. */
export const tokenIn = (mail: Mail | undefined): string =>
  new URL(/https:\/\/\S+/.exec(mail?.text ?? '')?.[0] ?? 'https://none').searchParams.get('token') ?? '';
