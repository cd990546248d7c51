import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOG_SORTS } from '@eduplatform/contracts/catalog';
import type { Course, Curriculum } from '@eduplatform/contracts/documents';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import { sampled } from '@eduplatform/local/testing/scale';
import { startContenders, type Asker, type Contenders } from './support/contenders.ts';

let contenders: Contenders;
beforeAll(async () => {
  contenders = await startContenders();
}, 180_000);
afterAll(async () => {
  await contenders.close();
});

interface Answer {
  status: number;
  body: unknown;
}

async function get(url: string, asker: Asker): Promise<Answer> {
  const response = await fetch(url, { headers: contenders.as(asker) });
  const body: unknown = await response.json();
  // Of a problem the code is what callers go by.
  return { status: response.status, body: response.ok ? body : (body as { code: string }).code };
}

const BASELINES = ['first', 'tuned'] as const;

/** Asks all three; expects the same of them, and answers it. */
async function same(path: string, asker: Asker = 'nobody'): Promise<Answer> {
  const expected = await get(contenders.readApi + path, asker);
  for (const baseline of BASELINES) {
    expect(await get(contenders[baseline] + path, asker), `${baseline} ${path} for ${asker}`).toEqual(expected);
  }
  return expected;
}

/** All items of a list, page by page. */
async function walk(url: string, query: string, asker: Asker = 'nobody'): Promise<unknown[]> {
  const items: unknown[] = [];
  for (let cursor: string | null = null; ;) {
    const { body } = await get(`${url}?${query}${cursor === null ? '' : `&cursor=${cursor}`}`, asker);
    const page = body as { items: unknown[]; nextCursor: string | null };
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}

async function sameWalk(path: string, query: string, asker: Asker = 'nobody'): Promise<unknown[]> {
  const expected = await walk(contenders.readApi + path, query, asker);
  for (const baseline of BASELINES) {
    expect(await walk(contenders[baseline] + path, query, asker), `${baseline} ${path}?${query}`).toEqual(expected);
  }
  return expected;
}

const idsOf = async (statement: string): Promise<string[]> =>
  withPostgres(contenders.databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(statement);
    return rows.map(({ id }) => id);
  });

describe('a baseline answers as the read API', () => {
  it('of courses and their curricula, by id and by slug', async () => {
    const ids = await idsOf('select id from courses order by id');
    for (const id of sampled(ids, 40)) {
      const { body } = await same(`/v1/courses/${id}`);
      const { slug } = body as Course;
      if (slug) await same(`/v1/courses/${slug}`);
      const curriculum = (await same(`/v1/courses/${slug ?? id}/curriculum`)).body as Curriculum;
      if (slug) expect(curriculum.modules.length).toBeGreaterThan(0);
    }
    for (const slug of ['sourdough-at-home', 'nochnoe-nebo', 'no-such-course', 'No Slug']) {
      await same(`/v1/courses/${encodeURIComponent(slug)}`);
      await same(`/v1/courses/${encodeURIComponent(slug)}/curriculum`);
    }
  });

  it('of lessons, whoever asks', async () => {
    const ids = await idsOf('select lesson_id as id from live_lessons order by lesson_id');
    const ofSam = await idsOf(`
      select l.lesson_id as id from live_lessons l
      join enrollments e on e.course_id = l.course_id join users u on u.id = e.user_id
      where u.email = 'student@eduplatform.com' order by l.lesson_id`);
    const gone = await idsOf(
      `select l.id from lessons l join courses c on c.id = l.course_id where c.slug = 'nochnoe-nebo'`,
    );
    const locked = new Set<unknown>();
    for (const id of [...sampled(ids, 30), ...ofSam, ...gone.slice(0, 1), '01900000-0000-7000-8000-000000000000']) {
      for (const asker of ['nobody', 'student', 'teacher', 'admin'] as const) {
        const { body } = await same(`/v1/lessons/${id}`, asker);
        if (asker === 'student' && typeof body === 'object') locked.add((body as { locked: boolean }).locked);
      }
    }
    expect(locked).toEqual(new Set([true, false]));
  });

  it.each(CATALOG_SORTS)('of the catalog by %s, under every filter, page by page', async (sort) => {
    const [category] = await idsOf('select category_slug as id from courses group by 1 order by count(*) desc limit 1');
    for (const filter of [
      ...['', `category=${category}`, 'language=ru', 'level=advanced', 'price=free', 'price=paid'],
      ...[`category=${category}&level=beginner&price=paid`, 'language=en&level=intermediate', 'category=no-such-one'],
    ]) {
      const items = await sameWalk('/v1/courses', `sort=${sort}&limit=60&${filter}`);
      if (filter !== 'category=no-such-one') expect(items.length).toBeGreaterThan(0);
    }
  });

  it('of the courses that somebody goes on with', async () => {
    const items = await sameWalk('/v1/me/courses', 'limit=3', 'student');
    expect(items.length).toBe(4);
    expect(items.filter((item) => (item as { course: unknown }).course === null).length).toBe(1);
    await same('/v1/me/courses', 'admin');
    await same('/v1/me/courses', 'nobody');
  });

  it('of requests that are not valid', async () => {
    for (const path of ['/v1/courses?limit=0', '/v1/courses?sort=best', '/v1/courses?cursor=x', '/v1/lessons/x']) {
      expect((await same(path)).status).toBe(400);
    }
  });
});
