import type { CourseCommandResult } from '@eduplatform/contracts/http/studio';
import type { CourseRevision } from '@eduplatform/contracts/revision';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { CommandContext, CommandOutcome } from '../commands/outcome.ts';
import { changesOf } from '../studio/changes.ts';
import { categoryExists } from './course-store.ts';
import type { Course } from './course.ts';
import { loadDraft } from './draft.ts';
import { editDraft } from './edit-draft.ts';
import { findRevision } from './revision-store.ts';

/**
 * Makes the draft what it was when a revision was published: the course's fields, its modules and its lessons under their
 * ids, so that progress fits again. Readers see it when it is published. Throws revision_not_found.
 */
export function restoreRevision(
  tx: Tx,
  context: CommandContext,
  courseId: string,
  expectedVersion: number,
  revision: number,
): Promise<CommandOutcome<CourseCommandResult>> {
  return editDraft(tx, context, { by: 'course', id: courseId }, expectedVersion, async (course) => {
    const content = await findRevision(tx, courseId, revision);
    if (!content) throw new ProblemError('revision_not_found');
    const restored = await restoredFields(tx, course, content);
    const modules = await loadDraft(tx, courseId);
    if (changesOf({ ...content, category: restored.category }, { ...course, modules }).length === 0) return null;
    await restoreParts(tx, courseId, content.modules);
    return { change: 'restored', course: { ...course, ...restored } };
  });
}

/** A category that was deleted since cannot come back: the course keeps the one it has. */
async function restoredFields(tx: Tx, course: Course, content: CourseRevision) {
  const { title, subtitle, descriptionMd, language, level, price, outcomes } = content;
  const category = (await categoryExists(tx, content.category)) ? content.category : course.category;
  return { title, subtitle, descriptionMd, language, level, category, price, outcomes };
}

const MODULES = `
  insert into modules (id, course_id, title, sort_order)
  select id, $1, title, place from jsonb_to_recordset($2::jsonb) as list (id uuid, title text, place int)
  on conflict (id) do update set title = excluded.title, sort_order = excluded.sort_order
    where modules.course_id = $1`;

const LESSONS = `
  insert into lessons (id, course_id, module_id, title, body_md, is_free_preview, duration_minutes, sort_order)
  select id, $1, "moduleId", title, "bodyMd", "isFreePreview", "durationMinutes", place
  from jsonb_to_recordset($2::jsonb) as list (
    id uuid, "moduleId" uuid, title text, "bodyMd" text, "isFreePreview" boolean, "durationMinutes" int, place int)
  on conflict (id) do update set module_id = excluded.module_id, title = excluded.title, body_md = excluded.body_md,
    is_free_preview = excluded.is_free_preview, duration_minutes = excluded.duration_minutes,
    sort_order = excluded.sort_order
    where lessons.course_id = $1`;

async function restoreParts(tx: Tx, courseId: string, modules: CourseRevision['modules']): Promise<void> {
  const lessons = modules.flatMap((module) =>
    module.lessons.map(({ id, title, bodyMd, isFreePreview, durationMinutes }, index) => ({
      id,
      moduleId: module.id,
      title,
      bodyMd,
      isFreePreview,
      durationMinutes,
      place: index + 1,
    })),
  );
  const places = modules.map(({ id, title }, index) => ({ id, title, place: index + 1 }));
  await tx.query(MODULES, [courseId, JSON.stringify(places)]);
  await tx.query(LESSONS, [courseId, JSON.stringify(lessons)]);
  await tx.query('delete from lessons where course_id = $1 and id <> all ($2::uuid[])', [
    courseId,
    lessons.map(({ id }) => id),
  ]);
  await tx.query('delete from modules where course_id = $1 and id <> all ($2::uuid[])', [
    courseId,
    modules.map(({ id }) => id),
  ]);
}
