import { createServer, type Server } from 'node:net';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { transaction } from '@eduplatform/db/transaction';
import { freePort } from '@eduplatform/local/testing/context';
import { createLogger } from '@eduplatform/observability/logger';
import { queueMails } from '../mail/queue.ts';
import { fileTransport, smtpTransport, type MailTransport } from '../mail/transport.ts';
import { sendDueMails, startMailWorker, type MailWorkerOptions } from '../mail/worker.ts';
import { startHarness, type Harness } from './harness.ts';

const FROM = 'EduPlatform <no-reply@school.example>';
let harness: Harness;
let folder: string;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mail-'));
  await harness.pool.query('delete from mail_queue');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const optionsWith = (transport: MailTransport): MailWorkerOptions => ({
  pool: harness.pool,
  logger: createLogger('mail-test', 'silent'),
  transport,
  webUrl: 'https://school.example',
  pollMs: 10,
});
const queue = async (subject = 'Здравствуйте', text = 'A course was updated.') => {
  const { id } = await harness.person('student', 'Ann');
  await harness.pool.query('update users set email_verified_at = now() where id = $1', [id]);
  const params = { subject, text, link: '/courses/bread' };
  await transaction(harness.pool, (tx) => queueMails(tx, [{ userId: id, template: 'notification', params }]));
  return id;
};
const rows = async () => (await harness.pool.query('select * from mail_queue order by id')).rows;
const failing: MailTransport = {
  send: () => Promise.reject(new Error('connect ECONNREFUSED')),
  close: () => {},
};

describe('mail without a mail server', () => {
  it('is written to a file that people can read, and is not kept in the database', async () => {
    await queue();
    const worker = startMailWorker(optionsWith(fileTransport(folder, FROM)));
    await vi.waitFor(async () => expect((await rows())[0]).toMatchObject({ sent_at: expect.any(Date), params: {} }));
    await worker.stop();
    const [name = ''] = await readdir(folder);
    expect(name).toMatch(/^\d{8}T\d{9}Z-[0-9a-f]{4}-notification-person-\d+@example\.com\.eml$/);
    const text = await readFile(join(folder, name), 'utf8');
    expect(text).toContain('Subject: Здравствуйте\n');
    expect(text).toContain('\n\nHello Ann,\n\nA course was updated.\n\nhttps://school.example/courses/bread\n');
  });
});

describe('mail that cannot be sent', () => {
  it('is tried again later, with what went wrong', async () => {
    await queue();
    expect(await sendDueMails(optionsWith(failing))).toBe(1);
    expect((await rows())[0]).toMatchObject({ attempts: 1, last_error: 'connect ECONNREFUSED', sent_at: null });
    expect(await sendDueMails(optionsWith(failing))).toBe(0);
    await harness.pool.query('update mail_queue set next_attempt_at = now()');
    expect(await sendDueMails(optionsWith(fileTransport(folder, FROM)))).toBe(1);
    expect((await rows())[0]).toMatchObject({ attempts: 2, last_error: null, sent_at: expect.any(Date) });
  });

  it('is given up after twelve attempts, and the error stays', async () => {
    await queue();
    await harness.pool.query('update mail_queue set attempts = 11');
    await sendDueMails(optionsWith(failing));
    expect((await rows())[0]).toMatchObject({
      failed_at: expect.any(Date),
      last_error: 'connect ECONNREFUSED',
      params: {},
    });
    expect(await sendDueMails(optionsWith(failing))).toBe(0);
  });

  it('of a worker that died is sent by another once its lease is over', async () => {
    await queue();
    const never: MailTransport = { send: () => new Promise(() => {}), close: () => {} };
    void sendDueMails(optionsWith(never));
    await vi.waitFor(async () => expect((await rows())[0]).toMatchObject({ attempts: 1 }));
    expect(await sendDueMails(optionsWith(fileTransport(folder, FROM)))).toBe(0);
    await harness.pool.query(`update mail_queue set next_attempt_at = now()`);
    expect(await sendDueMails(optionsWith(fileTransport(folder, FROM)))).toBe(1);
  });
});

it('what somebody waits for is sent before what many are told', async () => {
  for (let count = 0; count < 6; count += 1) await queue();
  const { id } = await harness.person('student');
  await transaction(harness.pool, (tx) => queueMails(tx, [{ userId: id, template: 'password_reset', params: {} }]));
  await sendDueMails(optionsWith(fileTransport(folder, FROM)));
  const sent = (await rows()).filter(({ sent_at: at }) => at !== null).map(({ template }) => template);
  expect(sent).toContain('password_reset');
});

it('many workers together send each mail once', async () => {
  for (let count = 0; count < 20; count += 1) await queue();
  const options = optionsWith(fileTransport(folder, FROM));
  const drain = async (): Promise<void> => {
    while ((await sendDueMails(options)) > 0);
  };
  await Promise.all([drain(), drain(), drain()]);
  expect(await readdir(folder)).toHaveLength(20);
});

it('a mail of a rolled back transaction is never sent', async () => {
  const { id } = await harness.person('student');
  const failed = transaction(harness.pool, async (tx) => {
    await queueMails(tx, [{ userId: id, template: 'password_changed', params: {} }]);
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect(await rows()).toEqual([]);
});

/** Speaks as much SMTP as one mail needs, and refuses addresses that begin with "refused". */
async function startSmtp(): Promise<{ url: string; mails: string[]; server: Server }> {
  const mails: string[] = [];
  const server = createServer((socket) => {
    let data: string | null = null;
    let pending = '';
    socket.write('220 test\r\n');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      pending += chunk.toString();
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 2);
        if (data !== null && line !== '.') data += `${line}\n`;
        else socket.write(replyTo(line));
      }
    });
    const replyTo = (line: string): string => {
      if (line === '.') {
        mails.push(data ?? '');
        data = null;
        return '250 queued\r\n';
      }
      if (line === 'DATA') {
        data = '';
        return '354 go on\r\n';
      }
      if (/^RCPT TO:<refused/i.test(line)) return '550 nobody here\r\n';
      return line.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n';
    };
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `smtp://127.0.0.1:${port}?ignoreTLS=true`, mails, server };
}

describe('mail through SMTP', () => {
  it('reaches the server, and an address that it refuses is given up at once', async () => {
    const smtp = await startSmtp();
    const transport = smtpTransport(smtp.url, FROM);
    try {
      await queue('Hello', 'Plain text.');
      const refused = await queue('Hello', 'Plain text.');
      await harness.pool.query(`update mail_queue set recipient = 'refused@example.com' where user_id = $1`, [refused]);
      await sendDueMails(optionsWith(transport));
      expect(smtp.mails).toHaveLength(1);
      expect(smtp.mails[0]).toMatch(/^Subject: Hello$/m);
      expect(smtp.mails[0]).toMatch(/^To: person-\d+@example.com$/m);
      expect((await rows()).at(-1)).toMatchObject({ failed_at: expect.any(Date), attempts: 1 });
    } finally {
      transport.close();
      smtp.server.close();
    }
  });
});
