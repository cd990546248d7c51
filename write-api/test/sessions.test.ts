import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '@eduplatform/db/transaction';
import { isLong } from '@eduplatform/local/testing/scale';
import { beginSession } from '../auth/sessions.ts';
import { hashToken } from '../auth/tokens.ts';
import { startHarness, type Answer, type Harness, type Person } from './harness.ts';

const PASSWORD = 'correct horse battery';
/** Sessions whose old tokens are replayed, and how many refreshes race for one token. */
const SESSIONS = isLong ? 1000 : 20;
const RACERS = 50;

let harness: Harness;
let count = 0;
beforeAll(async () => {
  harness = await startHarness('demo', { rateLimits: { auth: 1e9 } });
});
afterAll(() => harness.stop());

const post = (action: string, body?: unknown, as?: Person): Promise<Answer> =>
  harness.send('POST', `/v1/auth/${action}`, { ...(body !== undefined && { body }), ...(as && { as }) });
const refresh = (refreshToken: string): Promise<Answer> => post('refresh', { refreshToken });
const personOf = ({ body }: Answer): Person => ({ id: body.user.id, token: body.accessToken });

async function register(): Promise<Answer> {
  count += 1;
  return post('register', { email: `sam-${count}@example.com`, password: PASSWORD, name: 'Sam' });
}
const login = (answer: Answer, userAgent?: string): Promise<Answer> =>
  harness.send('POST', '/v1/auth/login', {
    body: { email: answer.body.user.email, password: PASSWORD },
    ...(userAgent && { headers: { 'user-agent': userAgent } }),
  });
const sessionsOf = (person: Person): Promise<Answer> => harness.send('GET', '/v1/auth/sessions', { as: person });

/** A session without a password: hashing is not what is tested here. */
async function insertSession(): Promise<string> {
  const { id } = await harness.person('student');
  return (await transaction(harness.pool, (tx) => beginSession(tx, id, undefined, new Date()))).refreshToken;
}
/** Makes the last refresh of a token's session eleven seconds older. */
const age = (token: string) =>
  harness.pool.query(
    `update sessions set refreshed_at = refreshed_at - interval '11 seconds'
     where id = (select session_id from session_tokens where token_hash = $1)`,
    [hashToken(token)],
  );

describe('sessions', () => {
  it('are listed, newest first, with the device and the one that asks', async () => {
    const first = await register();
    await login(first, 'Firefox');
    const { body } = await sessionsOf(personOf(first));
    expect(body).toMatchObject({
      items: [
        { userAgent: 'Firefox', isCurrent: false },
        { userAgent: 'lightMyRequest', isCurrent: true },
      ],
      nextCursor: null,
    });
    expect(body.items[0].lastUsedAt).toMatch(/Z$/);
  });

  it('end one by one, and nobody ends those of others', async () => {
    const first = await register();
    const second = await login(first);
    const other = await register();
    const { body } = await sessionsOf(personOf(first));
    const { id } = body.items.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
    const end = (as: Person) => harness.send('DELETE', `/v1/auth/sessions/${id}`, { as });
    expect((await end(personOf(other))).body).toMatchObject({ status: 404, code: 'session_not_found' });
    expect((await end(personOf(first))).status).toBe(204);
    expect((await end(personOf(first))).status).toBe(404);
    expect((await refresh(second.body.refreshToken)).status).toBe(401);
    expect((await refresh(first.body.refreshToken)).status).toBe(200);
  });

  it('end everywhere at once', async () => {
    const first = await register();
    const second = await login(first);
    expect((await post('logout-everywhere', undefined, personOf(first))).status).toBe(204);
    for (const { body } of [first, second]) expect((await refresh(body.refreshToken)).status).toBe(401);
    expect((await sessionsOf(personOf(await login(first)))).body.items).toHaveLength(1);
  });

  it('need somebody who is signed in', async () => {
    for (const [method, path] of [
      ['GET', 'sessions'],
      ['POST', 'logout-everywhere'],
      ['GET', 'export'],
    ] as const) {
      expect((await harness.send(method, `/v1/auth/${path}`)).body).toMatchObject({ code: 'unauthenticated' });
    }
  });
});

it('a session that ended gives no commands, however fresh its access token is', async () => {
  const answer = await register();
  await post('logout', { refreshToken: answer.body.refreshToken });
  expect((await sessionsOf(personOf(answer))).body).toMatchObject({ status: 401, code: 'invalid_token' });
  const changed = await harness.send('PATCH', '/v1/auth/profile', { as: personOf(answer), body: { name: 'X' } });
  expect(changed.body).toMatchObject({ status: 401, code: 'invalid_token' });
});

describe(`refresh tokens of ${SESSIONS} sessions`, { timeout: 30_000 + SESSIONS * 300 }, () => {
  it('survive a race of fifty, whichever answer the client keeps', async () => {
    const token = await insertSession();
    const answers = await Promise.all(Array.from({ length: RACERS }, () => refresh(token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const kept = answers[count % RACERS]?.body.refreshToken;
    await age(token);
    expect((await refresh(kept)).status).toBe(200);
  });

  it('always end with the reuse of an older token, however recent', async () => {
    for (let session = 0; session < SESSIONS; session += 1) {
      const tokens = [await insertSession()];
      const steps = 2 + (session % 3);
      for (let step = 0; step < steps; step += 1) tokens.push((await refresh(tokens.at(-1) ?? '')).body.refreshToken);
      expect((await refresh(tokens[session % (steps - 1)] ?? '')).status).toBe(401);
      for (const token of tokens) expect((await refresh(token)).status).toBe(401);
    }
  });

  it('always end with the reuse of the token before after ten seconds', async () => {
    for (let session = 0; session < SESSIONS; session += 1) {
      const first = await insertSession();
      const second = (await refresh(first)).body.refreshToken;
      await age(first);
      expect((await refresh(first)).status).toBe(401);
      expect((await refresh(second)).status).toBe(401);
    }
  });
});
