import type { Certificate } from '@eduplatform/contracts/learning';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { Unversioned } from '../draft-change.ts';
import { columnOf } from '../key.ts';
import { keyedProjection } from '../keyed.ts';
import { tombstone } from '../tombstone.ts';

const LOAD = `
  select d.certificate_code as code, d.student_name as "studentName", d.course_id as "courseId",
         d.course_title as "courseTitle", d.teacher_name as "teacherName", d.completed_at as "completedAt"
  from unnest($1::uuid[], $2::uuid[]) as asked (user_id, course_id)
  join completions d using (user_id, course_id)
  union all
  select d.certificate_code, d.student_name, d.course_id, d.course_title, d.teacher_name, d.completed_at
  from completions d where d.certificate_code = any($3::text[])`;

interface Row {
  code: string;
  /** Null: the account was deleted. */
  studentName: string | null;
  courseId: string;
  courseTitle: string;
  teacherName: string;
  completedAt: Date;
}

/** Without a name there is no certificate. */
function certificateDocument({ studentName, completedAt, ...row }: Row): Unversioned {
  const key = documentKeys.certificate(row.code);
  if (studentName === null) return tombstone(key);
  const { code, courseId, courseTitle, teacherName } = row;
  const certificate: Certificate = {
    ...{ code, studentName, courseId, courseTitle, teacherName },
    completedAt: completedAt.toISOString(),
  };
  return { key, body: JSON.stringify(certificate) };
}

/** Found by their code. A completion is never taken away and keeps its code, so there is no row to miss. */
export const certificates = keyedProjection<Row>({
  kind: 'certificates',
  table: 'completions',
  touches: { 'course.completed': ({ userId, courseId }) => [[userId, courseId]] },
  finders: [
    {
      statement: `
        select array[user_id, course_id] as key from completions
        where user_id = any($3::uuid[]) and (user_id, course_id) > (($1::uuid[])[1], ($1::uuid[])[2])
        order by user_id, course_id limit $2`,
      from: { 'user.deleted': ({ userId }) => [[userId]] },
    },
  ],
  all: `
    select array[user_id, course_id] as key from completions
    where (user_id, course_id) > (($1::uuid[])[1], ($1::uuid[])[2]) order by user_id, course_id limit $2`,
  async load(db, keys) {
    // A third part names it by its code instead.
    const codes = columnOf(keys, 2).filter((code) => code !== '');
    const values = [columnOf(keys, 0), columnOf(keys, 1), codes];
    return (await db.query<Row>({ name: 'load-certificates', text: LOAD, values })).rows;
  },
  documents: (_keys, rows) => rows.map(certificateDocument),
});
