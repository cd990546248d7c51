import type pg from 'pg';
import type { Static } from '@sinclair/typebox';
import type { DraftChanges } from '@eduplatform/contracts/http/revisions';
import type { StudioCourse } from '@eduplatform/contracts/http/studio';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { Actor } from '../commands/outcome.ts';
import { checklistOf } from '../courses/checklist.ts';
import { findCourse } from '../courses/course-store.ts';
import { assertMayEdit, assertMayTeach, draftState, type Course } from '../courses/course.ts';
import { loadDraft } from '../courses/draft.ts';
import { findRevision } from '../courses/revision-store.ts';
import { changesOf } from './changes.ts';

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
    const {
      ownerId: _owner,
      publishedVersion: _p,
      firstPublishedAt: _f,
      publishedAt: _at,
      archivedAt,
      ...fields
    } = course;
    return {
      ...fields,
      state: draftState(course),
      updatedAt: course.updatedAt.toISOString(),
      isArchived: archivedAt !== null,
      modules,
      checklist: checklistOf(course, modules),
    };
  }
  throw new ProblemError('overloaded', 'the course is being edited; try again', { headers: { 'retry-after': '1' } });
}

/** In what the draft differs from a revision, or from the live one. Throws course_not_found, revision_not_found, forbidden. */
export async function loadDraftChanges(
  pool: pg.Pool,
  actor: Actor,
  courseId: string,
  asked?: number,
): Promise<DraftChanges> {
  const draft = await loadStudioCourse(pool, actor, courseId);
  const { version, liveRevision } = draft;
  const revision = asked ?? liveRevision;
  const content = revision === null ? undefined : await findRevision(pool, courseId, revision);
  if (asked !== undefined && !content) throw new ProblemError('revision_not_found');
  return { version, revision, liveRevision, items: content ? changesOf(content, draft) : [] };
}
