import { expect, test, vi } from 'vitest';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { transaction } from '@eduplatform/db/transaction';
import { freePort } from '@eduplatform/local/testing/context';
import { createSearchBench, startSearchIndexer } from './support/bench.ts';
import {
  deleteCourse,
  insertTeacher,
  publishAgain,
  publishNew,
  renameLesson,
  testContent,
  testLesson,
} from './support/courses.ts';
import { event } from './support/school/school.ts';

const WAIT = { timeout: 15_000, interval: 10 };

test('a publish can be searched for when its watermark is announced', async () => {
  const { pool, config, search } = await createSearchBench();
  const teacher = await insertTeacher(pool);
  startSearchIndexer(config);
  await vi.waitFor(async () => expect(await search.isReady()).toBe(true), WAIT);
  const lesson = testLesson('Borrowing');
  const course = await publishNew(pool, teacher, testContent([lesson], { title: 'Rust' }));
  await vi.waitFor(async () => expect(await search.find('lessons', 'borowing')).toEqual([lesson.id]), WAIT);
  expect(await search.find('courses', 'rust')).toEqual([course.id]);

  const next = await publishAgain(pool, course, renameLesson(course.content, lesson.id, 'Lending'));
  await vi.waitFor(async () => expect(await search.hasPassed(next.position)).toBe(true), WAIT);
  expect(await search.find('lessons', 'lending')).toEqual([lesson.id]);
});

test('a publish sends only the search documents whose content changed', async () => {
  const { pool, config, search } = await createSearchBench();
  const teacher = await insertTeacher(pool);
  const lessons = Array.from({ length: 8 }, (_, index) => testLesson(`Lesson ${index}`));
  const course = await publishNew(pool, teacher, testContent(lessons));
  startSearchIndexer(config);
  await vi.waitFor(async () => expect(await search.isReady()).toBe(true), WAIT);
  const before = await search.documents('lessons');
  const renamed = lessons[3]?.id ?? '';
  const { position } = await publishAgain(pool, course, renameLesson(course.content, renamed, 'Renamed'));
  await vi.waitFor(async () => expect(await search.hasPassed(position)).toBe(true), WAIT);
  const after = await search.documents('lessons');
  expect([...after].filter(([id, version]) => before.get(id) !== version)).toEqual([[renamed, position]]);
  expect(await search.documents('courses')).toEqual(new Map([[course.id, position]]));
});

test('a deleted course cannot be found, and its tombstones keep its version', async () => {
  const { pool, config, search } = await createSearchBench();
  const teacher = await insertTeacher(pool);
  const lesson = testLesson('Gone');
  const course = await publishNew(pool, teacher, testContent([lesson]));
  const indexer = startSearchIndexer(config);
  await vi.waitFor(async () => expect(await search.isReady()).toBe(true), WAIT);
  const position = await deleteCourse(pool, course);
  await vi.waitFor(async () => expect(await search.hasPassed(position)).toBe(true), WAIT);
  expect([await search.documents('courses'), await search.documents('lessons')]).toEqual([new Map(), new Map()]);
  await indexer.stop();
  const meta = await search.documents('meta');
  expect(meta.get(`courses-${course.id}`)).toBe(position);
  expect(meta.get(`lessons-${lesson.id}`)).toBe(position);
});

test('an enrollment writes nothing, a review the course alone, and the archive takes a course out of search', async () => {
  const { pool, config, search } = await createSearchBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  startSearchIndexer(config);
  await vi.waitFor(async () => expect(await search.isReady()).toBe(true), WAIT);
  const values = [teacher, course.id];
  const tell = async (statement: string, told: OutboxEvent): Promise<string> => {
    const position = await transaction(pool, async (tx) => {
      await tx.query(statement, values);
      return appendToOutbox(tx, [told], null);
    });
    await vi.waitFor(async () => expect(await search.hasPassed(position)).toBe(true), WAIT);
    return position;
  };
  const documents = async () => [await search.documents('courses'), await search.documents('lessons')];
  const [courses, lessons] = await documents();

  const enrolled = event('enrollment.changed', { userId: teacher, courseId: course.id });
  await tell('insert into enrollments (user_id, course_id) values ($1, $2)', enrolled);
  expect(await documents()).toEqual([courses, lessons]);

  const reviewed = event('review.changed', { reviewId: course.id, courseId: course.id, userId: teacher });
  const position = await tell('insert into reviews (user_id, course_id, rating) values ($1, $2, 5)', reviewed);
  expect(await documents()).toEqual([new Map([[course.id, position]]), lessons]);

  const archived = event('course.archive_changed', { courseId: course.id });
  await tell('update courses set archived_at = now() where id = $2 and owner_id = $1', archived);
  expect(await documents()).toEqual([new Map(), new Map()]);
});

test('a new leader renames the indexes to its epoch and goes on where they stand', async () => {
  const { pool, config, search } = await createSearchBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  const first = startSearchIndexer(config);
  await vi.waitFor(async () => expect(await search.isReady()).toBe(true), WAIT);
  await first.stop();
  const before = await search.documents('courses');

  const { position } = await publishAgain(pool, course, { ...course.content, title: 'Another title' });
  startSearchIndexer(config);
  await vi.waitFor(async () => expect(await search.hasPassed(position)).toBe(true), WAIT);
  const { indexPrefix } = config.search;
  const names = ['courses', 'lessons', 'meta'].map((kind) => `${indexPrefix}${kind}_g1_e2`);
  expect(await search.indexes()).toEqual(names);
  expect(await search.documents('courses')).toEqual(new Map([[course.id, position]]));
  expect(before.get(course.id) ?? '' < position).toBeTruthy();
});

test('indexes that vanish are noticed by an idle indexer and built again', async () => {
  const { pool, config, search } = await createSearchBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  startSearchIndexer(config);
  await vi.waitFor(async () => expect(await search.isReady()).toBe(true), WAIT);
  for (const uid of await search.indexes()) await search.master.deleteIndex(uid).waitTask();
  await vi.waitFor(async () => expect(await search.find('courses', 'course')).toEqual([course.id]), WAIT);
  expect(await search.name('courses')).toBe(`${config.search.indexPrefix}courses_g2_e1`);
});

test('a search engine that is away does not hold up Redis', async () => {
  const bench = await createSearchBench();
  const { pool, model } = bench;
  const teacher = await insertTeacher(pool);
  const away = { ...bench.config.search, url: `http://127.0.0.1:${await freePort()}` };
  const indexer = startSearchIndexer({ ...bench.config, search: away });
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  await vi.waitFor(async () => expect(await model.body(`course:${course.id}`)).not.toBeNull(), WAIT);
  const status = indexer.sinks().find(({ name }) => name === 'search');
  expect(status).toMatchObject({ lastError: { message: expect.stringContaining('ECONNREFUSED') as string } });
  expect(status?.watermark).toBeNull();
});
