import { expect, onTestFinished, test, vi } from 'vitest';
import type { IndexerStatus } from '@eduplatform/contracts/http/indexer';
import { createPool } from '@eduplatform/db/pool';
import type { Queryable } from '@eduplatform/db/transaction';
import { sendForgedTokens } from '@eduplatform/local/testing/forged-tokens/forged-tokens';
import { readStatus } from '../run/read-status.ts';
import { bearer, createAdminApp, insertUser, jwk, privateKeyPem } from './support/admin.ts';
import { createBench, startRedisIndexer } from './support/bench.ts';
import { insertTeacher, publishNew, testContent, testLesson } from './support/courses.ts';

const WAIT = { timeout: 15_000, interval: 20 };

const noQueues = async () => new Map<string, number | null>();

async function startApp() {
  const bench = await createBench();
  const indexer = startRedisIndexer(bench.config);
  return { ...bench, app: await createAdminApp(bench.pool, indexer), indexer };
}

test('an admin sees where each sink stands, how far it is behind and who holds the horizon', async () => {
  const { app, indexer, model, pool } = await startApp();
  const teacher = await insertTeacher(pool);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await indexer.stop();
  await publishNew(pool, teacher, testContent([testLesson('Waits')]));
  const answer = await app.inject({
    url: '/v1/admin/indexer/status',
    headers: bearer(await insertUser(pool, 'admin'), 'admin'),
  });
  expect(answer.statusCode).toBe(200);
  const [sink] = answer.json<IndexerStatus>().sinks;
  expect(sink).toMatchObject({ name: 'redis', generation: 1, lag: { rows: 1 }, lastError: null });
  expect(sink?.lag?.seconds).toBeGreaterThan(0);
});

test('nobody else sees it', async () => {
  const { app, pool } = await startApp();
  for (const role of ['student', 'teacher'] as const) {
    const answer = await app.inject({
      url: '/v1/admin/indexer/status',
      headers: bearer(await insertUser(pool, role), role),
    });
    expect(answer.json()).toMatchObject({ code: 'forbidden' });
  }
});

test('no forged token is admitted', { timeout: 600_000 }, async () => {
  const nowhere = createPool({ connectionString: 'postgres://127.0.0.1:9/none', applicationName: 'test' });
  onTestFinished(() => nowhere.end());
  const app = await createAdminApp(nowhere);
  const { admitted, sent } = await sendForgedTokens(app, {
    publicJwk: jwk,
    privateKey: privateKeyPem,
    userId: 'somebody',
  });
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
  const status = await readStatus(away, 1, indexer.sinks(), noQueues);
  expect(status).toMatchObject({ databaseError: 'connection refused', horizonHolder: null });
  expect(status.sinks).toMatchObject([{ state: 'live', lag: null }]);
});
