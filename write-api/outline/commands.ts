import type { CourseCommandResult, OutlineBody } from '@eduplatform/contracts/http/studio';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { CommandContext, CommandOutcome } from '../commands/outcome.ts';
import { loadOutline } from '../courses/draft.ts';
import { editDraft } from '../courses/edit-draft.ts';
import { decideOutline, type OutlinePlan } from './outline.ts';

const MAX_PROBLEMS = 20;

/** Puts the modules and lessons of a course into the given order. */
export function arrangeCourse(
  tx: Tx,
  context: CommandContext,
  courseId: string,
  expectedVersion: number,
  body: OutlineBody,
): Promise<CommandOutcome<CourseCommandResult>> {
  return editDraft(tx, context, { by: 'course', id: courseId }, expectedVersion, async () => {
    const decision = decideOutline(await loadOutline(tx, courseId), body.modules);
    switch (decision.kind) {
      case 'unchanged':
        return null;
      case 'mismatch':
        throw new ProblemError('outline_mismatch', undefined, { errors: decision.problems.slice(0, MAX_PROBLEMS) });
      case 'reorder':
        await savePlan(tx, courseId, decision.plan);
        return { change: 'outline' };
    }
  });
}

const PLACE_MODULES = `
  update modules set sort_order = plan.place
  from unnest($2::uuid[], $3::int[]) as plan (id, place)
  where modules.id = plan.id and modules.course_id = $1`;

const PLACE_LESSONS = `
  update lessons set module_id = plan.module_id, sort_order = plan.place
  from unnest($2::uuid[], $3::uuid[], $4::int[]) as plan (id, module_id, place)
  where lessons.id = plan.id and lessons.course_id = $1`;

async function savePlan(tx: Tx, courseId: string, { modules, lessons }: OutlinePlan): Promise<void> {
  await tx.query(PLACE_MODULES, [courseId, modules.map(({ id }) => id), modules.map(({ place }) => place)]);
  await tx.query(PLACE_LESSONS, [
    courseId,
    lessons.map(({ id }) => id),
    lessons.map(({ moduleId }) => moduleId),
    lessons.map(({ place }) => place),
  ]);
}
