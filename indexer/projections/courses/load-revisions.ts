import type { Queryable } from '@eduplatform/db/transaction';

// Of columns of their own: to read anything out of the content unpacks the texts of all lessons.
const LOAD_REVISIONS = `
  select r.course_id, r.revision, r.category,
         array(select jsonb_array_elements_text(r.lesson_ids)) as lesson_ids
  from unnest($1::uuid[], $2::int[]) as asked (course_id, revision)
  join course_revisions r using (course_id, revision)`;

interface Row {
  course_id: string;
  revision: number;
  category: string;
  lesson_ids: string[];
}

export interface EarlierRevision {
  courseId: string;
  revision: number;
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
  const { rows } = await db.query<Row>({
    name: 'load-revisions',
    text: LOAD_REVISIONS,
    values,
  });
  return rows.map(({ course_id: courseId, lesson_ids: lessonIds, ...row }) => ({ ...row, courseId, lessonIds }));
}
