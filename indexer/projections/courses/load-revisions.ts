import type { Queryable } from '@eduplatform/db/transaction';

// Of columns of their own: to read anything out of the content unpacks the texts of all lessons.
const LOAD_REVISIONS = `
  select r.course_id, r.category,
         array(select jsonb_array_elements_text(r.lesson_ids)) as lesson_ids
  from unnest($1::uuid[], $2::int[]) as asked (course_id, revision)
  join course_revisions r using (course_id, revision)`;

export interface EarlierRevision {
  courseId: string;
  category: string;
  lessonIds: string[];
}

/** The category and the lessons of revisions that were live. */
export async function loadRevisions(
  db: Queryable,
  asked: { courseId: string; revision: number }[],
): Promise<EarlierRevision[]> {
  if (asked.length === 0) return [];
  const values = [asked.map(({ courseId }) => courseId), asked.map(({ revision }) => revision)];
  const { rows } = await db.query<{ course_id: string; category: string; lesson_ids: string[] }>({
    name: 'load-revisions',
    text: LOAD_REVISIONS,
    values,
  });
  return rows.map((row) => ({ courseId: row.course_id, category: row.category, lessonIds: row.lesson_ids }));
}
