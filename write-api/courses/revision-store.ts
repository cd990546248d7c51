import type { CourseRevision } from '@eduplatform/contracts/revision';
import type { Queryable, Tx } from '@eduplatform/db/transaction';

export interface StoredRevision {
  revision: number;
  content: CourseRevision;
}

/** The newest revision, live or not. */
export async function latestRevision(tx: Tx, courseId: string): Promise<StoredRevision | undefined> {
  const { rows } = await tx.query<StoredRevision>(
    'select revision, content from course_revisions where course_id = $1 order by revision desc limit 1',
    [courseId],
  );
  return rows[0];
}

/** The content of one revision. */
export async function findRevision(
  db: Queryable | Tx,
  courseId: string,
  revision: number,
): Promise<CourseRevision | undefined> {
  const { rows } = await db.query<{ content: CourseRevision }>(
    'select content from course_revisions where course_id = $1 and revision = $2',
    [courseId, revision],
  );
  return rows[0]?.content;
}

export async function insertRevision(
  tx: Tx,
  row: { courseId: string; revision: number; content: CourseRevision; publishedBy: string; publishedAt: Date },
): Promise<void> {
  await tx.query(
    `insert into course_revisions (course_id, revision, content, published_by, published_at)
     values ($1, $2, $3, $4, $5)`,
    [row.courseId, row.revision, JSON.stringify(row.content), row.publishedBy, row.publishedAt],
  );
}

/** Makes exactly these the live lessons of the course. */
export async function replaceLiveLessons(tx: Tx, courseId: string, lessonIds: string[]): Promise<void> {
  await tx.query('delete from live_lessons where course_id = $1 and lesson_id <> all ($2::uuid[])', [
    courseId,
    lessonIds,
  ]);
  await tx.query(
    `insert into live_lessons (lesson_id, course_id) select id, $1 from unnest($2::uuid[]) as list (id)
     on conflict (lesson_id) do nothing`,
    [courseId, lessonIds],
  );
}

export interface RevisionSummary {
  revision: number;
  publishedAt: Date;
  /** Name of who published it. */
  publishedBy: string;
  live: boolean;
}

/** The revisions of a course, newest first. */
export async function listRevisions(db: Queryable, courseId: string): Promise<RevisionSummary[]> {
  const { rows } = await db.query<RevisionSummary>(
    `select r.revision, r.published_at as "publishedAt", u.name as "publishedBy",
       r.revision is not distinct from c.live_revision as live
     from course_revisions r join courses c on c.id = r.course_id join users u on u.id = r.published_by
     where r.course_id = $1 order by r.revision desc limit 1000`,
    [courseId],
  );
  return rows;
}
