import type pg from 'pg';
import type { Static } from '@sinclair/typebox';
import type {
  DraftChanges,
  StudioCourse,
  StudioCourseList,
  StudioCourseSummary,
} from '@eduplatform/contracts/http/studio';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { Actor } from '../commands/outcome.ts';
import { checklistOf } from '../courses/checklist.ts';
import { findCourse } from '../courses/course-store.ts';
import { assertMayEdit, assertMayTeach, draftState, type Course } from '../courses/course.ts';
import { loadDraft } from '../courses/draft.ts';
import { findRevision } from '../courses/revision-store.ts';
import { changesOf } from './changes.ts';
import { cursorAfter, idOfCursor } from './cursor.ts';

const LIST = `
  select id, slug, title, version, published_version as "publishedVersion", live_revision as "liveRevision",
    first_published_at as "firstPublishedAt", updated_at as "updatedAt", category_slug as category,
    (select count(*)::int from lessons where lessons.course_id = courses.id) as "lessonCount"
  from courses
  where ($1::uuid is null or owner_id = $1) and ($2::uuid is null or id < $2)
  order by id desc limit $3`;

type Row = Pick<
  Course,
  | 'id' | 'slug' | 'title' | 'version' | 'publishedVersion' | 'liveRevision' | 'firstPublishedAt' | 'updatedAt' | 'category'
> & { lessonCount: number }; // prettier-ignore

/** The actor's courses, newest first; an admin's are everybody's. Throws forbidden. */
export async function listCourses(
  pool: pg.Pool,
  actor: Actor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Static<typeof StudioCourseList>> {
  assertMayTeach(actor);
  const owner = actor.role === 'admin' ? null : actor.id;
  const after = cursor === undefined ? null : idOfCursor(cursor);
  const { rows } = await pool.query<Row>(LIST, [owner, after, limit + 1]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(summaryOf), nextCursor: rows.length > limit && last ? cursorAfter(last.id) : null };
}

const summaryOf = (row: Row): Static<typeof StudioCourseSummary> => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  state: draftState(row),
  version: row.version,
  liveRevision: row.liveRevision,
  lessonCount: row.lessonCount,
  updatedAt: row.updatedAt.toISOString(),
  category: row.category,
});

/** A course that the actor may edit. Throws course_not_found, forbidden. */
export async function editableCourse(pool: pg.Pool, actor: Actor, courseId: string): Promise<Course> {
  assertMayTeach(actor);
  const course = await findCourse(pool, courseId);
  if (!course) throw new ProblemError('course_not_found');
  assertMayEdit(course, actor, 'course_not_found');
  return course;
}

const ATTEMPTS = 3;

/** The whole draft. Its course and its parts are read apart, so it is read again when it changed in between. */
export async function loadStudioCourse(
  pool: pg.Pool,
  actor: Actor,
  courseId: string,
): Promise<Static<typeof StudioCourse>> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const course = await editableCourse(pool, actor, courseId);
    const modules = await loadDraft(pool, courseId);
    const { version } = await editableCourse(pool, actor, courseId);
    if (version !== course.version) continue;
    const { ownerId: _owner, publishedVersion: _p, firstPublishedAt: _f, publishedAt: _at, ...fields } = course;
    return {
      ...fields,
      state: draftState(course),
      updatedAt: course.updatedAt.toISOString(),
      modules,
      checklist: checklistOf(course, modules),
    };
  }
  throw new ProblemError('overloaded', 'the course is being edited; try again', { headers: { 'retry-after': '1' } });
}

/** In what the draft differs from its live revision. Throws course_not_found, forbidden. */
export async function loadDraftChanges(pool: pg.Pool, actor: Actor, courseId: string): Promise<DraftChanges> {
  const draft = await loadStudioCourse(pool, actor, courseId);
  const { version, liveRevision } = draft;
  const live = liveRevision === null ? undefined : await findRevision(pool, courseId, liveRevision);
  return { version, liveRevision, items: live ? changesOf(live, draft) : [] };
}
