import type { Queryable } from '@eduplatform/db/transaction';
import { parseKey } from '../key.ts';
import type { Keys } from './keys.ts';

/** Keys of this kind as text: what stands behind a document, and its id or slug. */
export const namedKey = {
  course: (id: string) => `course/${id}`,
  lesson: (id: string) => `lesson/${id}`,
  slug: (slug: string) => `slug/${slug}`,
  categories: () => 'categories/all',
};

const COURSES_OF_LESSONS = 'select distinct course_id as id from live_lessons where lesson_id = any($1::uuid[])';

/** What has to be loaded for these keys. A lesson comes with its course; one that is in no live course is gone. */
export async function keysOf(db: Queryable, named: readonly string[]): Promise<Keys> {
  const parsed = named.map(parseKey);
  const of = (subject: string): string[] => parsed.flatMap(([kind, id = '']) => (kind === subject ? [id] : []));
  const lessons = of('lesson');
  const { rows } = lessons.length > 0 ? await db.query<{ id: string }>(COURSES_OF_LESSONS, [lessons]) : { rows: [] };
  return {
    courses: [...new Set([...of('course'), ...rows.map(({ id }) => id)])],
    heads: [],
    revisions: [],
    lessons,
    slugs: of('slug'),
    categories: of('categories').length > 0,
  };
}
