import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { oneLine, type Mail } from './render.ts';

export interface MailTransport {
  /** Sends a mail and says where it went. Throws when it was not accepted. */
  send(mail: Mail): Promise<string>;
  close(): void;
}

/** A server that does not answer must not hold up the queue. */
const TIMEOUT_MS = 10_000;

/** Sends through an SMTP server, such as `smtp://user:password@mail.example.com:587`. */
export function smtpTransport(url: string, from: string): MailTransport {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: 2 * TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text }) {
      // An address as an object is taken as it is; in a string it would be parsed.
      const { messageId } = await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
      return messageId;
    },
    close: () => transport.close(),
  };
}

/** Writes each mail to a file, which its reader and mail programs can open: for machines without a mail server. */
export function fileTransport(directory: string, from: string): MailTransport {
  return {
    async send({ to, subject, text, template }) {
      const now = new Date();
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const file = join(directory, `${stampOf(now)}-${template}-${safeName(to)}.eml`);
      const headers = [
        `Date: ${now.toUTCString()}`,
        `From: ${oneLine(from)}`,
        `To: ${to}`,
        `Subject: ${subject}`,
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
      ];
      // Renamed into place, so that whoever watches the folder never reads half a mail.
      await writeFile(`${file}.partial`, `${headers.join('\n')}\n\n${text}`, { mode: 0o600 });
      await rename(`${file}.partial`, file);
      return file;
    },
    close: () => {},
  };
}

/** Sorts by time; two mails of one millisecond differ in their tail. */
const stampOf = (now: Date): string => `${now.toISOString().replace(/[-:.]/g, '')}-${randomBytes(2).toString('hex')}`;

const safeName = (address: string): string =>
  address
    .toLowerCase()
    .replace(/[^a-z0-9@.+_-]/g, '_')
    .slice(0, 100);
