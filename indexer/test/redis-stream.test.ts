import { expect, test, vi } from 'vitest';
import { catalogList, parseCatalogMember } from '@eduplatform/contracts/catalog';
import type { CategoryList, Curriculum, Lesson } from '@eduplatform/contracts/documents';
import { createBench, documentKeys, startRedisIndexer } from './support/bench.ts';
import {
  deleteCourse,
  insertTeacher,
  publishAgain,
  publishNew,
  renameLesson,
  testContent,
  testLesson,
  unpublish,
} from './support/courses.ts';

const WAIT = { timeout: 10_000, interval: 10 };

test('a publish reaches Redis with all documents of the course, its lists and the counts', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const lessons = [testLesson('First', { isFreePreview: true }), testLesson('Second')];
  const course = await publishNew(pool, teacher, testContent(lessons, { price: { amount: 4900, currency: 'USD' } }));
  await vi.waitFor(async () => expect(await model.body(documentKeys.course(course.id))).not.toBeNull(), WAIT);

  expect(await model.body(documentKeys.slug(course.slug))).toBe(course.id);
  expect(await model.body(documentKeys.card(course.id))).toMatchObject({ lessonCount: 2, durationMinutes: 20 });
  const curriculum = await model.body<Curriculum>(documentKeys.curriculum(course.id));
  expect(curriculum?.modules[0]?.lessons.map(({ access }) => access)).toEqual(['preview', 'paid']);
  const second = lessons[1]?.id ?? '';
  expect(await model.body<Lesson>(documentKeys.lesson(second))).toMatchObject({ html: '<p>About Second</p>' });
  expect(await model.body<Lesson>(documentKeys.lessonLocked(second))).toMatchObject({ html: null, locked: true });
  const { g: guard = '' } = await model.document(documentKeys.lesson(second));
  expect(JSON.parse(guard)).toEqual({ access: 'paid', courseId: course.id, ownerId: teacher });
  const [member = ''] = await model.list(catalogList('price=paid', 'newest'));
  expect(parseCatalogMember(member)).toMatchObject({ id: course.id, price: 'paid' });
  const categories = await model.body<CategoryList>(documentKeys.categories());
  expect(categories?.items.find(({ slug }) => slug === 'programming')?.courseCount).toBe(1);
});

test('a publish sends only the documents whose content changed', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const lessons = Array.from({ length: 12 }, (_, index) => testLesson(`Lesson ${index}`));
  const course = await publishNew(pool, teacher, testContent(lessons));
  await publishNew(pool, teacher, testContent([testLesson('Elsewhere')]));
  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const before = await model.documents();

  const renamed = lessons[5]?.id ?? '';
  const { position } = await publishAgain(pool, course, renameLesson(course.content, renamed, 'Renamed'));
  await vi.waitFor(async () => expect(await model.hasPassed(position)).toBe(true), WAIT);
  const after = await model.documents();
  const changed = [...after].filter(([key, version]) => before.get(key) !== version).map(([key]) => key);
  // The neighbors show its title in their links.
  const shown = [4, 5, 6].map((index) => lessons[index]?.id ?? '');
  expect(changed.toSorted()).toEqual(
    [
      documentKeys.card(course.id),
      documentKeys.course(course.id),
      documentKeys.curriculum(course.id),
      documentKeys.outline(course.id),
      ...shown.flatMap((id) => [documentKeys.lesson(id), documentKeys.lessonLocked(id)]),
    ].toSorted(),
  );
  expect(changed.map((key) => after.get(key))).toEqual(changed.map(() => position));
});

test('a lesson that a publish removes disappears', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const [kept, removed] = [testLesson('Kept'), testLesson('Removed')];
  const course = await publishNew(pool, teacher, testContent([kept, removed]));
  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.body(documentKeys.lesson(removed.id))).not.toBeNull(), WAIT);
  const { position } = await publishAgain(pool, course, testContent([kept]));
  await vi.waitFor(async () => expect(await model.hasPassed(position)).toBe(true), WAIT);
  expect(await model.document(documentKeys.lesson(removed.id))).toEqual({ v: position, t: '1' });
  expect(await model.document(documentKeys.lessonLocked(removed.id))).toEqual({ v: position, t: '1' });
  expect(await model.body(documentKeys.lesson(kept.id))).toMatchObject({ next: null, lessonCount: 1 });
});

test.each([
  ['unpublished', unpublish],
  ['deleted', deleteCourse],
])('nothing of a course that was %s stays visible', async (_, remove) => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One'), testLesson('Two')]));
  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const position = await remove(pool, course);
  await vi.waitFor(async () => expect(await model.hasPassed(position)).toBe(true), WAIT);
  expect([...(await model.documents()).keys()].toSorted()).toEqual([
    documentKeys.categories(),
    documentKeys.me(teacher),
  ]);
  expect(await model.list(catalogList('all', 'newest'))).toEqual([]);
  const categories = await model.body<CategoryList>(documentKeys.categories());
  expect(categories?.items.map(({ courseCount }) => courseCount)).toEqual([0, 0]);
});

test('a renamed teacher and a renamed category show on all their courses', async () => {
  const { pool, config, model } = await createBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  await pool.query(`update users set name = 'Grace' where id = $1`, [teacher]);
  await pool.query(`update categories set name_en = 'Coding' where slug = 'programming'`);
  await pool.query(
    `insert into outbox (aggregate_type, aggregate_id, aggregate_version, type, payload)
     values ('user', $1, 2, 'user.changed', jsonb_build_object('userId', $1::text)),
            ('category', 'programming', 2, 'category.changed', '{"slug": "programming"}')`,
    [teacher],
  );
  const expected = { teacher: { name: 'Grace' }, category: { name: { en: 'Coding' } } };
  await vi.waitFor(async () => expect(await model.body(documentKeys.card(course.id))).toMatchObject(expected), WAIT);
});

test('an idle indexer goes on telling how fresh the read model is', async () => {
  const { config, pool, model } = await createBench();
  startRedisIndexer(config);
  await vi.waitFor(async () => expect(await model.isReady()).toBe(true), WAIT);
  const before = await model.watermark();
  // A transaction that writes no event moves the horizon all the same.
  await insertTeacher(pool);
  await vi.waitFor(async () => {
    const after = await model.watermark();
    expect((after?.position ?? '') > (before?.position ?? '')).toBe(true);
    expect((after?.at ?? '') > (before?.at ?? '')).toBe(true);
  }, WAIT);
});
