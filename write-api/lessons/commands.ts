import { isDeepStrictEqual } from 'node:util';
import type { CourseCommandResult, CreateLessonBody, PatchLessonBody } from '@eduplatform/contracts/http/studio';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { Static } from '@sinclair/typebox';
import type { CommandContext, CommandOutcome } from '../commands/outcome.ts';
import { assertSize, assertTextSize, tidy } from '../courses/course.ts';
import type { DraftLesson } from '../courses/draft.ts';
import { editDraft } from '../courses/edit-draft.ts';
import { assertMarkdown } from '../markdown/refuse.ts';
import { idOf } from '../modules/commands.ts';

type Outcome = Promise<CommandOutcome<CourseCommandResult>>;

const INSERT = `
  insert into lessons (course_id, module_id, title, body_md, is_free_preview, duration_minutes, sort_order)
  select $1, $2, $3, $4, $5, $6, coalesce(max(sort_order), 0) + 1 from lessons where module_id = $2
  returning id`;

/** Adds a lesson at the end of a module. */
export function addLesson(
  tx: Tx,
  context: CommandContext,
  moduleId: string,
  expectedVersion: number,
  body: Static<typeof CreateLessonBody>,
): Outcome {
  return editDraft(tx, context, { by: 'module', id: moduleId }, expectedVersion, async (course) => {
    assertMarkdown({ 'body/bodyMd': body.bodyMd });
    const { rows } = await tx.query<{ lessons: number; hasModule: boolean }>(
      `select (select count(*)::int from lessons where course_id = $1) as lessons,
         exists (select from modules where id = $2) as "hasModule"`,
      [course.id, moduleId],
    );
    // The module may have gone while we waited for the course's lock.
    if (!rows[0]?.hasModule) throw new ProblemError('module_not_found');
    assertSize(0, rows[0].lessons + 1);
    await assertFits(tx, course.id, null, body.bodyMd ?? '');
    const inserted = await tx.query<{ id: string }>(INSERT, [
      course.id,
      moduleId,
      tidy(body.title),
      body.bodyMd ?? '',
      body.isFreePreview ?? false,
      body.durationMinutes ?? 0,
    ]);
    return { change: 'lesson_added', id: idOf(inserted.rows) };
  });
}

const FIND = `
  select id, title, body_md as "bodyMd", is_free_preview as "isFreePreview", duration_minutes as "durationMinutes"
  from lessons where id = $1`;

/** Read under the course's lock: the lesson may have gone while we waited for it. */
async function lessonOf(tx: Tx, lessonId: string): Promise<DraftLesson> {
  const { rows } = await tx.query<DraftLesson>(FIND, [lessonId]);
  if (!rows[0]) throw new ProblemError('lesson_not_found');
  return rows[0];
}

const OTHER_TEXTS = `
  select coalesce(sum(length(body_md)), 0)::int as characters
  from lessons where course_id = $1 and id is distinct from $2`;

/** Throws course_too_large when the course's texts with this one in the lesson's place are too long. */
async function assertFits(tx: Tx, courseId: string, lessonId: string | null, bodyMd: string): Promise<void> {
  const { rows } = await tx.query<{ characters: number }>(OTHER_TEXTS, [courseId, lessonId]);
  assertTextSize((rows[0]?.characters ?? 0) + bodyMd.length);
}

export function changeLesson(
  tx: Tx,
  context: CommandContext,
  lessonId: string,
  expectedVersion: number,
  patch: Static<typeof PatchLessonBody>,
): Outcome {
  return editDraft(tx, context, { by: 'lesson', id: lessonId }, expectedVersion, async (course) => {
    const lesson = await lessonOf(tx, lessonId);
    const next = { ...lesson, ...patch, ...(patch.title !== undefined && { title: tidy(patch.title) }) };
    if (isDeepStrictEqual(next, lesson)) return null;
    assertMarkdown({ 'body/bodyMd': patch.bodyMd });
    if (patch.bodyMd !== undefined) await assertFits(tx, course.id, lessonId, patch.bodyMd);
    await tx.query(
      'update lessons set title = $2, body_md = $3, is_free_preview = $4, duration_minutes = $5 where id = $1',
      [lessonId, next.title, next.bodyMd, next.isFreePreview, next.durationMinutes],
    );
    return { change: 'lesson_changed', id: lessonId };
  });
}

export function deleteLesson(tx: Tx, context: CommandContext, lessonId: string, expectedVersion: number): Outcome {
  return editDraft(tx, context, { by: 'lesson', id: lessonId }, expectedVersion, async () => {
    await lessonOf(tx, lessonId);
    await tx.query('delete from lessons where id = $1', [lessonId]);
    return { change: 'lesson_deleted', id: lessonId };
  });
}
