import { createServer } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { WhyAnswer } from '@eduplatform/contracts/http/indexer';
import { currentKey } from '@eduplatform/contracts/redis-keys';
import { once } from 'node:events';
import { bearer, createAdminApp, insertUser } from './support/admin.ts';
import { createSearchBench, startSearchIndexer } from './support/bench.ts';
import { insertTeacher, publishAgain, publishNew, testContent, testLesson, unpublish } from './support/courses.ts';

vi.setConfig({ testTimeout: 90_000 });
const WAIT = { timeout: 30_000, interval: 50 };
type Bench = Awaited<ReturnType<typeof createSearchBench>>;

/** A read API that has seen what Redis says. */
async function startReader({ redis, config }: Bench): Promise<string> {
  const server = createServer((request, response) => {
    const position = /positions\/([\d-]+)/.exec(request.url ?? '')?.[1] ?? '';
    void redis.hgetall(currentKey(config.redis.prefix)).then((current) => {
      const sinks = (['redis', 'search'] as const).map((name) => {
        const told = JSON.parse(current[`${name}Watermark`] ?? '{}') as { position?: string; at?: string };
        const passed = (told.position ?? '') >= position;
        return { name, passed, at: passed ? told.at : null };
      });
      response.end(JSON.stringify({ position, live: true, sinks }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

async function startWhy() {
  const bench = await createSearchBench();
  const teacher = await insertTeacher(bench.pool);
  const indexer = startSearchIndexer(bench.config);
  const places = { ...bench.config, readApiUrl: await startReader(bench) };
  const app = await createAdminApp(bench.pool, indexer, places);
  const asAdmin = bearer(await insertUser(bench.pool, 'admin'), 'admin');
  const ask = async (subject: string, headers = asAdmin) =>
    (await app.inject({ url: `/v1/admin/indexer/why/${subject}`, headers })).json<WhyAnswer>();
  const codes = async (subject: string) => (await ask(subject)).blockers.map(({ step, code }) => `${step} ${code}`);
  await vi.waitFor(() => expect(indexer.sinks().map(({ state }) => state)).toEqual(['live', 'live']), WAIT);
  return { ...bench, teacher, app, ask, codes, indexer };
}

/** As `publish` leaves the draft; those of the support store only what readers see. */
const draftIsPublished = ({ pool }: Bench, id: string) =>
  pool.query('update courses set published_version = version where id = $1', [id]);

test('a course and its lessons are told to be live by id and by slug, to admins and to their owner alone', async () => {
  const bench = await startWhy();
  const lesson = testLesson('One');
  const course = await publishNew(bench.pool, bench.teacher, testContent([lesson]));
  await draftIsPublished(bench, course.id);
  await vi.waitFor(async () => expect(await bench.ask(course.slug)).toMatchObject({ isLive: true }), WAIT);
  const answer = await bench.ask(course.id);
  expect(answer).toMatchObject({ courseId: course.id, slug: course.slug, lessonId: null, blockers: [] });
  expect(answer.steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
    ...['draft done', 'outbox done', 'redis done', 'search done', 'readApi done'],
  ]);
  expect(answer.steps.every(({ at }) => at !== null)).toBe(true);
  expect(await bench.ask(lesson.id, bearer(bench.teacher, 'teacher'))).toMatchObject({
    isLive: true,
    lessonId: lesson.id,
  });
  const stranger = bearer(await insertUser(bench.pool, 'teacher'), 'teacher');
  expect(await bench.ask(course.id, stranger)).toMatchObject({ status: 404, code: 'not_found' });
  expect(await bench.ask('no-such-course')).toMatchObject({ status: 404, code: 'not_found' });
});

test('a paused sink, a refused document and a damaged one are each found', async () => {
  const bench = await startWhy();
  const { pool, redis, config, codes } = bench;
  const course = await publishNew(pool, bench.teacher, testContent([testLesson('One')]));
  await draftIsPublished(bench, course.id);
  await vi.waitFor(async () => expect(await codes(course.id)).toEqual([]), WAIT);

  await pool.query(
    `insert into dead_letters (sink, key, source_kind, source_key, version, reason)
     values ('search', $1, 'courses', $2, '', 'too deep')`,
    [`courses:${course.id}`, `course/${course.id}`],
  );
  expect(await codes(course.id)).toEqual(['search dead_letter']);
  await pool.query('delete from dead_letters');

  const generation = await redis.hget(currentKey(config.redis.prefix), 'redisGeneration');
  await redis.hset(`${config.redis.prefix}:g${generation}:course:${course.id}`, 'd', '{}');
  await vi.waitFor(async () => expect(await codes(course.id)).toEqual(['redis drift']), WAIT);

  await pool.query(`update indexer_sinks set is_paused = true, paused_at = now() where sink = 'redis'`);
  await vi.waitFor(() => expect(bench.indexer.sinks()[0]?.state).toBe('paused'), WAIT);
  await publishAgain(pool, course, course.content);
  await vi.waitFor(async () => expect(await codes(course.id)).toContain('redis sink_paused'), WAIT);
});

test('an open transaction that holds the stream is named, and what was taken back is not published', async () => {
  const bench = await startWhy();
  const { pool, ask, codes } = bench;
  const course = await publishNew(pool, bench.teacher, testContent([testLesson('One')]));
  await draftIsPublished(bench, course.id);
  await vi.waitFor(async () => expect(await codes(course.id)).toEqual([]), WAIT);

  const holder = await pool.connect();
  try {
    await holder.query(`set application_name = 'an open transaction'`);
    await holder.query('begin');
    await holder.query('select pg_current_xact_id()');
    await publishAgain(pool, course, { ...course.content, title: 'Held' });
    // Other tests' transactions may be older for a moment: they hold the same cluster's horizon.
    await vi.waitFor(async () => {
      const [first] = (await ask(course.id)).blockers;
      expect(first).toMatchObject({ step: 'outbox', code: 'horizon' });
      expect(first?.detail).toContain('an open transaction');
    }, WAIT);
  } finally {
    await holder.query('rollback');
    holder.release(true);
  }
  await vi.waitFor(async () => expect(await codes(course.id)).toEqual([]), WAIT);
  await pool.query('update users set is_verified = true where id = $1', [bench.teacher]);
  await unpublish(pool, course);
  expect(await codes(course.id)).toEqual(expect.arrayContaining(['draft not_published']));
});
