import type { CourseCommandResult } from '@eduplatform/contracts/http/studio';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { CommandContext, CommandOutcome } from '../commands/outcome.ts';
import { assertSize, tidy } from '../courses/course.ts';
import { editDraft } from '../courses/edit-draft.ts';

type Outcome = Promise<CommandOutcome<CourseCommandResult>>;

/** Adds a module at the end of the course. */
export function addModule(
  tx: Tx,
  context: CommandContext,
  courseId: string,
  expectedVersion: number,
  body: { title: string },
): Outcome {
  return editDraft(tx, context, { by: 'course', id: courseId }, expectedVersion, async () => {
    const { rows } = await tx.query<{ count: number; last: number }>(
      'select count(*)::int as count, coalesce(max(sort_order), 0) as last from modules where course_id = $1',
      [courseId],
    );
    const { count, last } = rows[0] ?? { count: 0, last: 0 };
    assertSize(count + 1, 0);
    const inserted = await tx.query<{ id: string }>(
      'insert into modules (course_id, title, sort_order) values ($1, $2, $3) returning id',
      [courseId, tidy(body.title), last + 1],
    );
    return { change: 'module_added', id: idOf(inserted.rows) };
  });
}

export function renameModule(
  tx: Tx,
  context: CommandContext,
  moduleId: string,
  expectedVersion: number,
  body: { title: string },
): Outcome {
  return editDraft(tx, context, { by: 'module', id: moduleId }, expectedVersion, async () => {
    const title = await titleOf(tx, moduleId);
    if (title === tidy(body.title)) return null;
    await tx.query('update modules set title = $2 where id = $1', [moduleId, tidy(body.title)]);
    return { change: 'module_changed', id: moduleId };
  });
}

/** Deletes a module with its lessons. */
export function deleteModule(tx: Tx, context: CommandContext, moduleId: string, expectedVersion: number): Outcome {
  return editDraft(tx, context, { by: 'module', id: moduleId }, expectedVersion, async () => {
    await titleOf(tx, moduleId);
    await tx.query('delete from modules where id = $1', [moduleId]);
    return { change: 'module_deleted', id: moduleId };
  });
}

/** Read under the course's lock: the module may have gone while we waited for it. */
async function titleOf(tx: Tx, moduleId: string): Promise<string> {
  const { rows } = await tx.query<{ title: string }>('select title from modules where id = $1', [moduleId]);
  if (!rows[0]) throw new ProblemError('module_not_found');
  return rows[0].title;
}

export function idOf(rows: { id: string }[]): string {
  if (!rows[0]) throw new Error('the insert returned no row');
  return rows[0].id;
}
