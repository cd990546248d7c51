import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@eduplatform/local/testing/context';
import { transaction } from '@eduplatform/db/transaction';
import { endSessions } from '../auth/sessions.ts';
import { startHarness, type Answer, type Harness, type Person } from './harness.ts';
import { openMailbox, tokenIn } from './mailbox.ts';

const PASSWORD = 'correct horse battery';
const NEXT = 'a password that is new';

let harness: Harness;
let mailbox: ReturnType<typeof openMailbox>;
let count = 0;
beforeAll(async () => {
  harness = await startHarness('demo', { rateLimits: { auth: 1e9 } });
  mailbox = openMailbox(harness.pool);
});
afterAll(() => harness.stop());

const post = (action: string, body?: unknown, as?: Person): Promise<Answer> =>
  harness.send('POST', `/v1/auth/${action}`, { ...(body !== undefined && { body }), ...(as && { as }) });
const login = (email: string, password: string) => post('login', { email, password });

async function register(language = 'en') {
  const email = `kim-${(count += 1)}@example.com`;
  const { body } = await post('register', { email, password: PASSWORD, name: 'Kim', language });
  const person: Person = { id: body.user.id, token: body.accessToken };
  return { email, person, refreshToken: String(body.refreshToken) };
}
const lastMail = async (address: string) => (await mailbox.to(address)).at(-1);

describe('changing the password', () => {
  it('needs the current one, ends the other sessions and tells the owner', async () => {
    const { email, person, refreshToken } = await register();
    const other = (await login(email, PASSWORD)).body.refreshToken;
    const wrong = await post('change-password', { currentPassword: 'wrong', newPassword: NEXT }, person);
    expect(wrong.body).toMatchObject({ status: 401, code: 'invalid_credentials' });
    const changed = await post('change-password', { currentPassword: PASSWORD, newPassword: NEXT }, person);
    expect(changed.status).toBe(204);
    expect((await post('refresh', { refreshToken: other })).status).toBe(401);
    expect((await post('refresh', { refreshToken })).status).toBe(200);
    expect((await login(email, PASSWORD)).status).toBe(401);
    expect((await login(email, NEXT)).status).toBe(200);
    expect(await lastMail(email)).toMatchObject({ template: 'password_changed', subject: 'Your password was changed' });
  });
});

describe('signing in while the password is being changed', () => {
  const waitsForLock = () =>
    eventually(async () => {
      const { rows } = await harness.pool.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return rows.length > 0;
    });

  it('begins no session by the old one after all others were ended', async () => {
    const { email, person } = await register();
    const late = await transaction(harness.pool, async (tx) => {
      await tx.query(`update users set password_hash = 'another' where id = $1`, [person.id]);
      await endSessions(tx, person.id, new Date());
      const answer = login(email, PASSWORD);
      await waitsForLock();
      return { answer };
    });
    expect((await late.answer).body).toMatchObject({ status: 401, code: 'invalid_credentials' });
    const { rows } = await harness.pool.query('select from sessions where user_id = $1 and ended_at is null', [
      person.id,
    ]);
    expect(rows).toEqual([]);
  });
});

describe('resetting the password', () => {
  it('works once with what was mailed, ends every session and verifies the address', async () => {
    const { email, refreshToken, person } = await register('ru');
    expect((await post('password-reset/request', { email: email.toUpperCase() })).status).toBe(202);
    const mail = await lastMail(email);
    expect(mail).toMatchObject({ template: 'password_reset', subject: 'Сброс пароля' });
    expect(mail?.text).toContain('https://school.example/ru/reset-password?token=');
    const token = tokenIn(mail);
    const confirmed = await post('password-reset/confirm', { token, newPassword: NEXT });
    expect(confirmed.status).toBe(204);
    expect(confirmed.headers['x-outbox-position']).toMatch(/^\d{10}-/);
    expect((await post('refresh', { refreshToken })).status).toBe(401);
    expect((await login(email, NEXT)).status).toBe(200);
    const again = await post('password-reset/confirm', { token, newPassword: PASSWORD });
    expect(again.body).toMatchObject({ status: 400, code: 'invalid_mailed_token' });
    const { rows } = await harness.pool.query('select email_verified_at from users where id = $1', [person.id]);
    expect(rows[0].email_verified_at).toBeInstanceOf(Date);
  });

  it('is asked for alike by those who exist and those who do not, and nothing is sent to the latter', async () => {
    const { email } = await register();
    const known = await post('password-reset/request', { email });
    const unknown = await post('password-reset/request', { email: 'stranger@example.com' });
    for (const { status, text } of [known, unknown]) expect({ status, text }).toEqual({ status: 202, text: '{}' });
    expect(await mailbox.to('stranger@example.com')).toEqual([]);
    const { rows } = await harness.pool.query(`select from mail_queue where recipient = 'stranger@example.com'`);
    expect(rows).toEqual([]);
  });

  it('counts only the newest link, and only for an hour', async () => {
    const { email } = await register();
    await post('password-reset/request', { email });
    const older = tokenIn(await lastMail(email));
    await post('password-reset/request', { email });
    const newer = tokenIn(await lastMail(email));
    expect(newer).not.toBe(older);
    expect((await post('password-reset/confirm', { token: older, newPassword: NEXT })).status).toBe(400);
    await harness.pool.query(`update auth_tokens set expires_at = expires_at - interval '1 hour'`);
    expect((await post('password-reset/confirm', { token: newer, newPassword: NEXT })).status).toBe(400);
  });

  it('is not open to a token that was mailed for something else', async () => {
    const { email } = await register();
    const token = tokenIn(await lastMail(email));
    expect((await post('password-reset/confirm', { token, newPassword: NEXT })).status).toBe(400);
  });

  it('is asked for five times an hour at most, whether the account exists or not', async () => {
    const { email } = await register();
    for (const address of [email, 'nobody-at-all@example.com']) {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        expect((await post('password-reset/request', { email: address })).status).toBe(202);
      }
      expect((await post('password-reset/request', { email: address })).body.code).toBe('rate_limited');
    }
  });

  it('leaves nothing in the database that could be used', async () => {
    const { email } = await register();
    await post('password-reset/request', { email });
    const token = tokenIn(await lastMail(email));
    const { rows } = await harness.pool.query(
      `select (select json_agg(m) from mail_queue m)::text || (select json_agg(t) from auth_tokens t)::text as text`,
    );
    expect(rows[0].text).not.toContain(token);
  });
});

describe('verifying the address', () => {
  it('comes before one’s name: until then, it could be an advertisement to somebody else', async () => {
    const email = 'victim@example.com';
    const { body } = await post('register', { email, password: PASSWORD, name: 'Win at https://evil.example' });
    await post('password-reset/request', { email });
    const mails = await mailbox.to(email);
    expect(mails.map(({ template }) => template)).toEqual(['welcome', 'password_reset']);
    for (const { text, subject } of mails) expect(subject + text).not.toContain('evil');
    await post('email-verification/confirm', { token: tokenIn(mails[0]) });
    const person = { id: body.user.id, token: body.accessToken };
    await post('change-password', { currentPassword: PASSWORD, newPassword: NEXT }, person);
    expect((await lastMail(email))?.text).toContain('Hello Win');
  });

  it('works with the welcome mail, and once', async () => {
    const { email, person } = await register();
    const mail = await lastMail(email);
    expect(mail).toMatchObject({ template: 'welcome' });
    expect(mail?.text).toContain('https://school.example/verify-email?token=');
    const confirm = () => post('email-verification/confirm', { token: tokenIn(mail) });
    expect((await confirm()).status).toBe(204);
    expect((await confirm()).body.code).toBe('invalid_mailed_token');
    expect((await harness.outbox(person.id)).map(({ type }) => type)).toEqual(['user.registered', 'user.changed']);
  });

  it('can be asked for again, which ends the older link', async () => {
    const { email, person } = await register();
    const older = tokenIn(await lastMail(email));
    expect((await post('email-verification/request', undefined, person)).status).toBe(202);
    const newer = tokenIn(await lastMail(email));
    expect((await post('email-verification/confirm', { token: older })).status).toBe(400);
    expect((await post('email-verification/confirm', { token: newer })).status).toBe(204);
  });
});
