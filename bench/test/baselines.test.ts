import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOG_SORTS } from '@eduplatform/contracts/catalog';
import type { Course, Curriculum, Lesson } from '@eduplatform/contracts/documents';
import type { LearningCourse } from '@eduplatform/contracts/learning';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import { which } from '@eduplatform/local/platform/which';
import { sampled } from '@eduplatform/local/testing/scale';
import { startBaseline } from '../baselines/start.ts';
import { get, same, sameWalk } from './support/ask.ts';
import { ARCHIVED_SLUG, startContenders, UNPUBLISHED_SLUG, type Contenders } from './support/contenders.ts';
import { exactHits, openSearches } from './support/searches.ts';

let contenders: Contenders;
beforeAll(async () => {
  contenders = await startContenders();
}, 180_000);
afterAll(async () => {
  await contenders.close();
});

const NOTHING = '01900000-0000-7000-8000-000000000000';

/** The first column of each row. */
const column = async (statement: string): Promise<string[]> =>
  withPostgres(contenders.databaseUrl, async (client) => {
    const { rows } = await client.query<[string]>({ text: statement, rowMode: 'array' });
    return rows.map(([value]) => value);
  });

describe('both baselines answer as the read API', () => {
  it('of courses and their curricula, by slug and by id', async () => {
    const slugs = await column('select slug from courses where live_revision is not null order by id');
    for (const slug of [...sampled(slugs, 40), ARCHIVED_SLUG]) {
      const { id, moduleCount } = (await same(contenders, `/v1/courses/${slug}`)).body as Course;
      const { body } = await same(contenders, `/v1/courses/${slug}/curriculum`);
      expect((body as Curriculum).modules.length).toBe(moduleCount);
      await same(contenders, `/v1/courses/${id}`);
      await same(contenders, `/v1/courses/${id}/curriculum`);
    }
    for (const name of [UNPUBLISHED_SLUG, 'no-such-course', NOTHING]) {
      expect((await same(contenders, `/v1/courses/${name}`)).status).toBe(404);
      expect((await same(contenders, `/v1/courses/${name}/curriculum`)).status).toBe(404);
    }
  });

  it('of lessons, locked for who may not open them', async () => {
    const lessons = await column('select lesson_id from live_lessons order by lesson_id');
    const ofTheStudent = await column(`
      select l.lesson_id from live_lessons l
      join enrollments e on e.course_id = l.course_id join users u on u.id = e.user_id
      where u.email = 'student@eduplatform.com' order by l.lesson_id`);
    const seen = new Set<string>();
    for (const id of [...sampled(lessons, 30), ...ofTheStudent]) {
      for (const asker of ['nobody', 'student', 'teacher', 'admin'] as const) {
        const { access, locked } = (await same(contenders, `/v1/lessons/${id}`, asker)).body as Lesson;
        seen.add(`${asker}: ${access}, ${locked ? 'locked' : 'open'}`);
      }
    }
    for (const state of [
      'nobody: paid, locked',
      'student: paid, locked',
      'student: paid, open',
      'teacher: paid, open',
    ]) {
      expect(seen).toContain(state);
    }
    const [gone] = await column(`
      select l.id from lessons l join courses c on c.id = l.course_id where c.slug = '${UNPUBLISHED_SLUG}'`);
    for (const id of [gone, NOTHING]) {
      expect((await same(contenders, `/v1/lessons/${id}`)).status).toBe(404);
    }
  });

  it.each(CATALOG_SORTS)('of the catalog by %s, under every filter, page by page', async (sort) => {
    const [category] = await column('select category_slug from courses group by 1 order by count(*) desc limit 1');
    const filters = [
      ...['', `category=${category}`, 'language=ru', 'level=advanced', 'price=free', 'price=paid'],
      ...[`category=${category}&level=beginner&price=paid`, 'language=en&level=intermediate'],
    ];
    for (const filter of filters) {
      const items = await sameWalk(contenders, `/v1/courses?sort=${sort}&limit=60&${filter}`);
      expect(items.length).toBeGreaterThan(0);
    }
    expect(await sameWalk(contenders, `/v1/courses?sort=${sort}&category=no-such-one`)).toEqual([]);
  });

  it('of the courses that somebody goes on with, whatever became of them', async () => {
    const items = (await sameWalk(contenders, '/v1/me/courses?limit=3', 'student')) as LearningCourse[];
    expect(items.filter(({ course }) => course === null).length).toBe(1);
    expect(items.map(({ percent }) => percent)).toContain(100);
    expect(items.some(({ nextLesson, doneCount }) => nextLesson && doneCount > 0)).toBe(true);
    expect((await same(contenders, '/v1/me/courses', 'teacher')).status).toBe(200);
    expect((await same(contenders, '/v1/me/courses', 'nobody')).status).toBe(401);
  });

  it('of what is not a valid request', async () => {
    const paths = ['courses?limit=0', 'courses?sort=best', 'courses?cursor=x', 'lessons/x', 'search?limit=99'];
    for (const path of paths) expect((await same(contenders, `/v1/${path}`)).status).toBe(400);
  });
});

describe('a search for an exact title', () => {
  const titles = async (): Promise<string[]> => {
    const ofCourses = await column(`
      select title from courses where live_revision is not null and archived_at is null order by id`);
    const ofLessons = await column('select title from lessons group by 1 order by md5(title)');
    return [...sampled(ofCourses, 20), ...sampled(ofLessons, 20)];
  };

  it('finds in each way what the read API finds', async () => {
    await using searches = openSearches(contenders);
    for (const title of await titles()) {
      const phrase = `"${title}"`;
      const expected = await searches.readApi(phrase);
      expect(expected.length).toBeGreaterThan(0);
      expect(await searches.first(phrase), `first: ${phrase}`).toEqual(expected);
      expect(await searches.trigram(phrase), `trigram: ${phrase}`).toEqual(expected);
      const inTitles = expected.filter((hit) => hit.title.toLowerCase().includes(title.toLowerCase()));
      expect(await searches['trigram-title'](phrase), `trigram-title: ${phrase}`).toEqual(inTitles);
      // Stems bring more along.
      const exact = exactHits(expected, title);
      expect(exactHits(await searches.tsvector(phrase), title), `tsvector: ${phrase}`).toEqual(exact);
    }
  });

  it('has the same hits of that title also where it is not quoted', async () => {
    await using searches = openSearches(contenders);
    const { readApi, ...others } = searches;
    for (const title of sampled(await titles(), 10)) {
      const expected = exactHits(await readApi(title), title);
      for (const search of Object.values(others)) {
        if (typeof search === 'function') expect(exactHits(await search(title), title), title).toEqual(expected);
      }
    }
  });
});

it.skipIf(!which('pgbouncer'))('tuned answers the same through PgBouncer', async () => {
  const { stack, databaseUrl: sourceUrl, writeApi: writeApiUrl, tuned } = contenders;
  const settings = { PGBOUNCER: 'on', POOL_SIZE: 2 } as const;
  const through = await startBaseline(stack, { kind: 'tuned', sourceUrl, writeApiUrl, settings });
  const paths = ['/v1/courses?sort=title', `/v1/courses/${ARCHIVED_SLUG}`, '/v1/search?q=practice'];
  const ask = (url: string) => Promise.all(paths.map((path) => get(contenders, url + path)));
  expect(await ask(through.url)).toEqual(await ask(tuned));
  await through.stop();
});
