import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPool } from '@eduplatform/db/pool';
import { freePort } from '@eduplatform/local/testing/context';
import { openApiDocument } from '@eduplatform/http-kit/openapi';
import { createLogger } from '@eduplatform/observability/logger';
import type * as Tracing from '@eduplatform/observability/tracing';
import { buildApp } from '../app.ts';
import { generateSigningKeys } from '../auth/signing-keys.ts';
import { send, startHarness, type Harness } from './harness.ts';

const TRACE_PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
vi.mock('@eduplatform/observability/tracing', async (original) => ({
  ...(await original<typeof Tracing>()),
  currentTraceParent: () => TRACE_PARENT,
}));

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

describe('the write API', () => {
  it('writes the trace of a command into its outbox row', async () => {
    const teacher = await harness.person('teacher');
    const answer = await harness.send('POST', '/v1/courses', { as: teacher, body: { title: 'X', category: 'math' } });
    expect(await harness.outbox(answer.body.courseId)).toMatchObject([{ trace_parent: TRACE_PARENT }]);
  });

  it('is ready when Postgres answers', async () => {
    expect((await harness.send('GET', '/readyz')).body).toMatchObject({ checks: { postgres: { ok: true } } });
  });

  it('survives the loss of its connections', async () => {
    const teacher = await harness.person('teacher');
    const list = () => harness.send('GET', '/v1/studio/courses', { as: teacher });
    expect((await list()).status).toBe(200);
    const other = createPool({ connectionString: harness.database.url, applicationName: 'killer', max: 1 });
    await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'write-api-test' and datname = current_database()`,
    );
    await other.end();
    await vi.waitFor(async () => expect((await list()).status).toBe(200));
  });

  it('says when nothing can be saved because Postgres is away', async () => {
    const port = await freePort();
    const pool = createPool({ connectionString: `postgres://nobody@127.0.0.1:${port}/none`, applicationName: 'test' });
    const app = await buildApp({
      config: { EDU_MODE: 'demo' },
      pool,
      notifier: { wake: () => {} },
      signingKeys: generateSigningKeys(),
      logger: createLogger('test', 'silent'),
    });
    const body = { email: 'ann@example.com', password: 'whatever it is' };
    const answer = await send(app, 'POST', '/v1/auth/login', { body });
    expect(answer.body).toMatchObject({ status: 503, code: 'database_unavailable' });
    expect(answer.headers['retry-after']).toBe('2');
    expect((await send(app, 'GET', '/readyz')).status).toBe(503);
    expect((await send(app, 'GET', '/livez')).status).toBe(200);
    await app.close();
    await pool.end();
  });

  it('describes itself', () => {
    const document = openApiDocument(harness.app) as { paths: object; components: { schemas: object } };
    expect(Object.keys(document.paths)).toContain('/v1/courses/{courseId}/publish');
    expect(Object.keys(document.components.schemas)).toContain('CourseCommandResult');
  });
});
