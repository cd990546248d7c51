import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@eduplatform/local/testing/context';
import { transaction } from '@eduplatform/db/transaction';
import { hashPassword } from '../auth/passwords.ts';
import { exchangeRefreshToken } from '../auth/sessions.ts';
import { promoteToAdmin } from '../users/promote.ts';
import { startHarness, type Answer, type Harness } from './harness.ts';

const PASSWORD = 'correct horse battery';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

let count = 0;
const newEmail = (): string => `ann-${(count += 1)}@example.com`;
const post = (action: string, body: unknown): Promise<Answer> => harness.send('POST', `/v1/auth/${action}`, { body });
const register = async (email = newEmail()): Promise<Answer> =>
  post('register', { email, password: PASSWORD, name: ' Ann ' });
const refresh = (refreshToken: string): Promise<Answer> => post('refresh', { refreshToken });

describe('registering', () => {
  it('signs a student in and tells the outbox', async () => {
    const answer = await register();
    expect(answer.status).toBe(201);
    expect(answer.headers['x-outbox-position']).toMatch(/^\d{10}-\d{20}-\d{19}$/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toMatchObject({ user: { name: 'Ann', role: 'student' }, expiresIn: 900 });
    expect(await harness.outbox(answer.body.user.id)).toMatchObject([
      { type: 'user.registered', payload: { userId: answer.body.user.id } },
    ]);
  });

  it('refuses a role, an email that is taken in any spelling, and a short password', async () => {
    const { body } = await register();
    const { email } = body.user;
    const asAdmin = await post('register', { email: newEmail(), password: PASSWORD, name: 'Eve', role: 'admin' });
    expect(asAdmin.body).toMatchObject({ status: 400, code: 'invalid_request' });
    expect((await register(email.toUpperCase())).body).toMatchObject({ status: 409, code: 'email_taken' });
    const short = await post('register', { email: newEmail(), password: 'short', name: 'Eve' });
    expect(short.body).toMatchObject({ status: 400, errors: [{ path: 'body/password' }] });
  });

  it('stores neither the password nor a refresh token', async () => {
    const { body } = await register();
    const dump = await harness.pool.query(
      `select (select json_agg(u) from users u)::text || (select json_agg(t) from session_tokens t)::text as text`,
    );
    expect(dump.rows[0].text).not.toContain(PASSWORD);
    expect(dump.rows[0].text).not.toContain(body.refreshToken);
    expect(dump.rows[0].text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });
});

describe('signing in', () => {
  it('answers a session whose token the API accepts', async () => {
    const { email } = (await register()).body.user;
    const answer = await post('login', { email: email.toUpperCase(), password: PASSWORD });
    expect(answer.status).toBe(200);
    const person = { id: answer.body.user.id, token: answer.body.accessToken };
    const studio = await harness.send('GET', '/v1/studio/courses', { as: person });
    expect(studio.body).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('says the same for a wrong password and for an unknown email', async () => {
    const { email } = (await register()).body.user;
    const wrong = await post('login', { email, password: 'wrong password' });
    const unknown = await post('login', { email: 'nobody@example.com', password: 'wrong password' });
    expect(wrong.body).toMatchObject({ status: 401, code: 'invalid_credentials' });
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
  });

  it('holds an account back after ten failures from one network, whether it exists or not, and not its owner', async () => {
    const { email } = (await register()).body.user;
    const attempt = (address: string, target: string, password: string) =>
      harness.send('POST', '/v1/auth/login', {
        headers: { 'x-forwarded-for': address },
        body: { email: target, password },
      });
    const answers = [];
    for (const target of [email, newEmail()]) {
      for (let count = 0; count < 10; count += 1) await attempt(`192.0.2.${count}`, target, 'wrong');
      const answer = await attempt('192.0.2.99', target, PASSWORD);
      expect(answer.body).toMatchObject({ status: 429, code: 'rate_limited' });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      answers.push({ ...answer.body, requestId: '' });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect((await attempt('198.51.100.1', email, PASSWORD)).status).toBe(200);
    expect((await attempt('192.0.2.99', email, PASSWORD)).status).toBe(429);
  });

  it('holds an address back after sixty attempts in a minute, whatever the accounts', async () => {
    const attempt = (from: string) =>
      harness.send('POST', '/v1/auth/login', { headers: { 'x-forwarded-for': from }, body: {} });
    for (let count = 0; count < 60; count += 1) expect((await attempt('203.0.113.7')).status).toBe(400);
    const answer = await attempt('203.0.113.7');
    expect(answer.body).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await attempt('203.0.113.8')).status).toBe(400);
  });

  it('makes an admin of a registered user only, from the next sign-in on', async () => {
    const { id, email } = (await register()).body.user;
    expect(await promoteToAdmin(harness.pool, newEmail())).toBe(false);
    expect(await promoteToAdmin(harness.pool, email)).toBe(true);
    expect((await harness.outbox(id)).at(-1)).toMatchObject({ type: 'user.changed', aggregate_version: 2 });
    expect((await post('login', { email, password: PASSWORD })).body.user.role).toBe('admin');
  });
});

describe('refreshing', () => {
  it('exchanges the token for the next one', async () => {
    const first = (await register()).body;
    const second = await refresh(first.refreshToken);
    expect(second.body).toMatchObject({ user: first.user, expiresIn: 900 });
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  it('forgives two refreshes with the same token at the same moment', async () => {
    const { refreshToken } = (await register()).body;
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    for (const { body } of answers) expect((await refresh(body.refreshToken)).status).toBe(200);
  });

  it('ends the whole family when an old token is used again', async () => {
    const first = (await register()).body;
    const second = (await refresh(first.refreshToken)).body;
    const third = (await refresh(second.refreshToken)).body;
    expect((await refresh(first.refreshToken)).body).toMatchObject({ status: 401, code: 'invalid_refresh_token' });
    expect((await refresh(third.refreshToken)).body).toMatchObject({ code: 'invalid_refresh_token' });
  });

  it('ends the family when the previous token is used again later', async () => {
    const first = (await register()).body;
    const second = (await refresh(first.refreshToken)).body;
    await harness.pool.query(
      `update sessions set refreshed_at = refreshed_at - interval '11 seconds' where user_id = $1`,
      [first.user.id],
    );
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(second.refreshToken)).status).toBe(401);
  });

  it('cannot outrun signing out: the successor of a token that is being exchanged ends with its family', async () => {
    const { refreshToken } = (await register()).body;
    let signedOut: Promise<Answer> | undefined;
    const successor = await transaction(harness.pool, async (tx) => {
      const exchanged = await exchangeRefreshToken(tx, refreshToken, new Date());
      signedOut = post('logout', { refreshToken });
      // Not committed before the sign-out waits for this very transaction.
      await eventually(async () => {
        const { rows } = await harness.pool.query(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        return rows.length > 0;
      });
      return exchanged?.refreshToken ?? '';
    });
    await signedOut;
    expect((await refresh(successor)).status).toBe(401);
  });

  it('leaves other sign-ins of the same person alone', async () => {
    const first = (await register()).body;
    const other = (await post('login', { email: first.user.email, password: PASSWORD })).body;
    await post('logout', { refreshToken: first.refreshToken });
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(other.refreshToken)).status).toBe(200);
  });

  it('refuses unknown and expired tokens; signing out with one is fine', async () => {
    const { refreshToken, user } = (await register()).body;
    await harness.pool.query(
      'update session_tokens t set expires_at = now() from sessions s where s.id = session_id and user_id = $1',
      [user.id],
    );
    expect((await refresh(refreshToken)).body.code).toBe('invalid_refresh_token');
    expect((await refresh('x'.repeat(43))).body.code).toBe('invalid_refresh_token');
    expect((await post('logout', { refreshToken: 'x'.repeat(43) })).status).toBe(204);
  });
});

describe('demo users', () => {
  it('may sign in to a demo, and are refused in production', async () => {
    const production = await startHarness('production');
    try {
      for (const { pool, send, status } of [
        { ...harness, status: 200 },
        { ...production, status: 401 },
      ]) {
        await pool.query(
          `insert into users (email, name, role, is_demo, password_hash) values ('demo@example.com', 'Demo', 'teacher', true, $1)`,
          [await hashPassword(PASSWORD)],
        );
        const answer = await send('POST', '/v1/auth/login', {
          body: { email: 'demo@example.com', password: PASSWORD },
        });
        expect(answer.status).toBe(status);
        if (status === 401) expect(answer.body.code).toBe('demo_login_refused');
      }
    } finally {
      await production.stop();
    }
  });
});

describe('the public keys', () => {
  it('are published without their private halves', async () => {
    const answer = await harness.send('GET', '/.well-known/jwks.json');
    expect(answer.body).toEqual({
      keys: [{ kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA', x: expect.any(String), kid: expect.any(String) }],
    });
  });
});
