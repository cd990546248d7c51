import type { Queryable } from '@eduplatform/db/transaction';

/** Rows by table. */
export type Counts = Record<string, number>;

const TABLES = [
  'users', 'courses', 'course_revisions', 'modules', 'lessons', 'live_lessons', 'enrollments', 'payments',
  'lesson_progress', 'completions', 'reviews', 'favorites', 'questions', 'answers', 'notifications',
]; // prettier-ignore

export async function countRows(db: Queryable): Promise<Counts> {
  const counts: Counts = {};
  for (const table of TABLES) {
    const { rows } = await db.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    counts[table] = rows[0]?.count ?? 0;
  }
  return counts;
}
