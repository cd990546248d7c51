import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type {
  DeadLetterDetails,
  DeadLetterList,
  IndexerJob,
  IndexerJobList,
  IndexerStatus,
} from '@eduplatform/contracts/http/indexer';
import { bearer, createAdminApp, createAdminBench, insertUser } from './support/admin.ts';
import { startRedisIndexer } from './support/bench.ts';
import { insertTeacher, publishNew, testContent, testLesson } from './support/courses.ts';

const WAIT = { timeout: 20_000, interval: 50 };
type Bench = Awaited<ReturnType<typeof createAdminBench>>;

async function bury({ pool }: Bench, sink: string, key: string, source: [kind: string, key: string]): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into dead_letters (sink, key, source_kind, source_key, version, reason)
     values ($1, $2, $3, $4, '0000000001-00000000000000000742-0000000000000000018', 'the engine says no') returning id`,
    [sink, key, ...source],
  );
  return rows[0]?.id ?? '';
}

test('a sink is paused and resumed, and both are noted', async () => {
  const bench = await createAdminBench();
  const indexer = startRedisIndexer(bench.config);
  const app = await createAdminApp(bench.pool, indexer);
  const post = (verb: string) =>
    app.inject({ method: 'POST', url: `/v1/admin/indexer/sinks/redis/${verb}`, headers: bench.headers });
  const status = async () =>
    (await app.inject({ url: '/v1/admin/indexer/status', headers: bench.headers })).json<IndexerStatus>().sinks[0];
  await vi.waitFor(async () => expect(await status()).toMatchObject({ state: 'live', isPaused: false }), WAIT);

  expect((await post('pause')).json()).toEqual({ sink: 'redis', isPaused: true });
  await vi.waitFor(async () => expect(await status()).toMatchObject({ state: 'paused', isPaused: true }), WAIT);
  expect((await app.inject('/readyz')).statusCode).toBe(200);
  expect((await post('resume')).json()).toEqual({ sink: 'redis', isPaused: false });
  await vi.waitFor(async () => expect(await status()).toMatchObject({ state: 'live', pausedAt: null }), WAIT);
  expect(await bench.audited()).toEqual(['sink.pause', 'sink.resume']);
});

test('what does not exist is not found, and nothing is noted of it', async () => {
  const { ask, audited } = await createAdminBench();
  const id = randomUUID();
  expect((await ask('POST', '/sinks/search-9/pause')).json()).toMatchObject({ code: 'sink_not_found' });
  expect((await ask('GET', '/sinks/search-9/history')).json()).toMatchObject({ code: 'sink_not_found' });
  expect((await ask('POST', '/jobs', { kind: 'verify', sink: 'search-9' })).json()).toMatchObject({
    code: 'sink_not_found',
  });
  expect((await ask('GET', `/jobs/${id}`)).json()).toMatchObject({ code: 'job_not_found' });
  expect((await ask('POST', `/jobs/${id}/cancel`)).json()).toMatchObject({ code: 'job_not_found' });
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/replay'],
    ['DELETE', ''],
  ] as const) {
    expect((await ask(method, `/dead-letters/${id}${path}`)).json()).toMatchObject({ code: 'dead_letter_not_found' });
  }
  expect(await audited()).toEqual([]);
});

test('dead letters are listed page by page, shown with their document, replayed and discarded', async () => {
  const bench = await createAdminBench();
  const { pool, ask, audited } = bench;
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')], { title: 'Refused' }));
  const first = await bury(bench, 'search', `courses:${course.id}`, ['courses', `course/${course.id}`]);
  const second = await bury(bench, 'redis', 'card:gone', ['courses', 'course/gone']);

  const page = (await ask('GET', '/dead-letters?limit=1')).json<DeadLetterList>();
  expect(page.items.map(({ id }) => id)).toEqual([second]);
  const rest = (await ask('GET', `/dead-letters?limit=1&cursor=${page.nextCursor}`)).json<DeadLetterList>();
  expect([rest.items.map(({ id }) => id), rest.nextCursor]).toEqual([[first], null]);
  const ofSearch = (await ask('GET', '/dead-letters?sink=search')).json<DeadLetterList>();
  expect(ofSearch.items.map(({ id }) => id)).toEqual([first]);

  const shown = (await ask('GET', `/dead-letters/${first}`)).json<DeadLetterDetails>();
  expect(JSON.parse(shown.document ?? '')).toMatchObject({ id: course.id, title: 'Refused' });
  expect((await ask('GET', `/dead-letters/${second}`)).json()).toMatchObject({ document: null });

  const replayed = await ask('POST', `/dead-letters/${first}/replay`);
  expect(replayed.statusCode).toBe(202);
  expect(replayed.json<{ replayRequestedAt: string | null }>().replayRequestedAt).not.toBeNull();
  expect((await ask('POST', '/dead-letters/replay-all')).json()).toEqual({ requested: 1 });
  expect((await ask('DELETE', `/dead-letters/${second}`)).json()).toMatchObject({ id: second });
  expect((await ask('GET', '/dead-letters')).json<DeadLetterList>().items).toHaveLength(1);
  expect(await audited()).toEqual(['dead_letter.replay', 'dead_letter.replay_all', 'dead_letter.discard']);
});

test('one job at a time for each sink; one that nobody began is canceled at once', async () => {
  const { ask, audited } = await createAdminBench();
  const asked = await ask('POST', '/jobs', { kind: 'verify', sink: 'redis', params: { repair: true } });
  expect(asked.statusCode).toBe(202);
  const job = asked.json<IndexerJob>();
  expect(job).toMatchObject({ kind: 'verify', sink: 'redis', state: 'requested', params: { repair: true } });
  expect((await ask('POST', '/jobs', { kind: 'reindex', sink: 'redis' })).json()).toMatchObject({
    status: 409,
    code: 'job_running',
  });
  expect((await ask('POST', '/jobs', { kind: 'reindex', sink: 'search' })).statusCode).toBe(202);
  const list = (await ask('GET', '/jobs')).json<IndexerJobList>();
  expect(list.items.map(({ kind, sink }) => `${kind} ${sink}`)).toEqual(['reindex search', 'verify redis']);
  expect((await ask('POST', `/jobs/${job.id}/cancel`)).json()).toMatchObject({ state: 'canceled' });
  expect((await ask('POST', `/jobs/${job.id}/cancel`)).json()).toMatchObject({ code: 'job_ended' });
  expect(await audited()).toEqual(['indexer_job.verify', 'indexer_job.reindex', 'indexer_job.cancel']);
});

test('the last verification is shown with its sink', async () => {
  const bench = await createAdminBench();
  const indexer = startRedisIndexer(bench.config);
  const app = await createAdminApp(bench.pool, indexer);
  await vi.waitFor(async () => expect(await bench.model.isReady()).toBe(true), WAIT);
  const { id } = (await bench.ask('POST', '/jobs', { kind: 'verify', sink: 'redis' })).json<IndexerJob>();
  await vi.waitFor(
    async () => expect((await bench.ask('GET', `/jobs/${id}`)).json()).toMatchObject({ state: 'succeeded' }),
    WAIT,
  );
  const status = await app.inject({ url: '/v1/admin/indexer/status', headers: bench.headers });
  expect(status.json<IndexerStatus>().sinks[0]).toMatchObject({ lastVerify: { drift: 0, jobId: id } });
});

test('whoever is no admin any more is refused, whatever their token says', async () => {
  const { app, pool } = await createAdminBench();
  const url = '/v1/admin/indexer/jobs';
  const suspended = await insertUser(pool, 'admin');
  await pool.query(`update users set suspended_at = now(), suspension_reason = 'x' where id = $1`, [suspended]);
  const demoted = await insertUser(pool, 'teacher');
  const gone = randomUUID();
  const answers = await Promise.all(
    [suspended, demoted, gone].map((id) => app.inject({ url, headers: bearer(id, 'admin') })),
  );
  expect(answers.map((answer) => answer.json<{ code: string }>().code)).toEqual([
    'account_suspended',
    'forbidden',
    'invalid_token',
  ]);
});
