import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Role } from '@eduplatform/contracts/primitives';
import { TOKEN_AUDIENCE, TOKEN_ISSUER, type PublicJwk } from '@eduplatform/contracts/tokens';
import type { Queryable } from '@eduplatform/db/transaction';
import { localJwks } from '@eduplatform/http-kit/jwks';
import { sendForgedTokens } from '@eduplatform/local/testing/forged-tokens/forged-tokens';
import { buildApp, type IndexerStatus } from '../app.ts';
import { readStatus } from '../run/read-status.ts';
import { createBench, silent, startRedisIndexer } from './support/bench.ts';
import { insertTeacher, publishNew, testContent, testLesson } from './support/courses.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'EdDSA' } as unknown as PublicJwk;
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function bearer(role: Role): { authorization: string } {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: 'somebody', role, name: 'Somebody', iat: now, exp: now + 60 };
  const text = `${encode({ alg: 'EdDSA', kid: 'test' })}.${encode({ ...claims, iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE })}`;
  return { authorization: `Bearer ${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}` };
}

const WAIT = { timeout: 15_000, interval: 20 };

async function startApp() {
  const bench = await createBench();
  const indexer = startRedisIndexer(bench.config);
  const app = await buildApp({
    logger: silent,
    keys: localJwks(() => [jwk]),
    sinks: indexer.sinks,
    status: () => readStatus(bench.pool, indexer.epoch(), indexer.sinks()),
  });
  onTestFinished(() => app.close());
  return { ...bench, app, indexer };
}

test('an admin sees where each sink stands, how far it is behind and who holds the horizon', async () => {
  const { app, indexer, model, pool } = await startApp();
  const teacher = await insertTeacher(pool);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await indexer.stop();
  await publishNew(pool, teacher, testContent([testLesson('Waits')]));
  const answer = await app.inject({ url: '/v1/admin/indexer/status', headers: bearer('admin') });
  expect(answer.statusCode).toBe(200);
  const [sink] = answer.json<IndexerStatus>().sinks;
  expect(sink).toMatchObject({ name: 'redis', generation: 1, lag: { rows: 1 }, lastError: null });
  expect(sink?.lag?.seconds).toBeGreaterThan(0);
});

test('nobody else sees it', async () => {
  const { app } = await startApp();
  for (const role of ['student', 'teacher'] as const) {
    const answer = await app.inject({ url: '/v1/admin/indexer/status', headers: bearer(role) });
    expect(answer.json()).toMatchObject({ code: 'forbidden' });
  }
});

test('no forged token is admitted', { timeout: 600_000 }, async () => {
  const app = await buildApp({
    logger: silent,
    keys: localJwks(() => [jwk]),
    sinks: () => [],
    status: () => Promise.reject(new Error('a forged token was admitted')),
  });
  onTestFinished(() => app.close());
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const { admitted, sent } = await sendForgedTokens(app, { publicJwk: jwk, privateKey: pem, userId: 'somebody' });
  expect(admitted).toEqual([]);
  expect(sent).toBeGreaterThan(200);
});

test('it is not ready before its sinks follow the stream, nor when they do not any more', async () => {
  const { app, indexer } = await startApp();
  await vi.waitFor(async () => expect((await app.inject('/readyz')).statusCode).toBe(200), WAIT);
  await indexer.stop();
  expect((await app.inject('/readyz')).statusCode).toBe(503);
});

test('the status is told without Postgres too, and says what is missing', async () => {
  const { indexer, model } = await startApp();
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const away = { query: () => Promise.reject(new Error('connection refused')) } as unknown as Queryable;
  const status = await readStatus(away, 1, indexer.sinks());
  expect(status).toMatchObject({ databaseError: 'connection refused', horizonHolder: null });
  expect(status.sinks).toMatchObject([{ state: 'live', lag: null }]);
});
