import type pg from 'pg';
import type { RevisionDiff, RevisionSummary } from '@eduplatform/contracts/http/revisions';
import type { CourseRevision } from '@eduplatform/contracts/revision';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { Actor } from '../commands/outcome.ts';
import { findRevision } from '../courses/revision-store.ts';
import { changesOf } from './changes.ts';
import { editableCourse } from './queries.ts';

const SUMMARY = `
  select r.revision, r.published_at as "publishedAt", u.name as "publishedBy",
    r.revision is not distinct from c.live_revision as live, r.title, r.price,
    jsonb_array_length(r.content -> 'modules') as "moduleCount", jsonb_array_length(r.lesson_ids) as "lessonCount",
    (select coalesce(sum(minutes::int), 0)::int
      from jsonb_path_query(r.content, '$.modules[*].lessons[*].durationMinutes') as minutes) as "durationMinutes"
  from course_revisions r join courses c on c.id = r.course_id join users u on u.id = r.published_by
  where r.course_id = $1 and r.revision = $2`;

/** What one revision holds, without its texts. Throws course_not_found, revision_not_found, forbidden. */
export async function loadRevision(
  pool: pg.Pool,
  actor: Actor,
  courseId: string,
  revision: number,
): Promise<RevisionSummary> {
  await editableCourse(pool, actor, courseId);
  const { rows } = await pool.query<Omit<RevisionSummary, 'publishedAt'> & { publishedAt: Date }>(SUMMARY, [
    courseId,
    revision,
  ]);
  if (!rows[0]) throw new ProblemError('revision_not_found');
  return { ...rows[0], publishedAt: rows[0].publishedAt.toISOString() };
}

/** In what a revision differs from another, or from the one before it. Throws course_not_found, revision_not_found, forbidden. */
export async function loadRevisionDiff(
  pool: pg.Pool,
  actor: Actor,
  courseId: string,
  { revision, against }: { revision: number; against?: number },
): Promise<RevisionDiff> {
  const { id } = await editableCourse(pool, actor, courseId);
  const before = against ?? (revision > 1 ? revision - 1 : null);
  const content = await existing(pool, id, revision);
  if (before === null)
    return { revision, against: null, items: changesOf({ ...content, modules: [] }, { ...content, id }) };
  return { revision, against: before, items: changesOf(await existing(pool, id, before), { ...content, id }) };
}

async function existing(pool: pg.Pool, courseId: string, revision: number): Promise<CourseRevision> {
  const content = await findRevision(pool, courseId, revision);
  if (!content) throw new ProblemError('revision_not_found');
  return content;
}
