import type { Static } from '@sinclair/typebox';
import type { FavoriteResult } from '@eduplatform/contracts/http/learning';
import type { Tx } from '@eduplatform/db/transaction';
import { record, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { loadLiveCourse } from '../courses/live-course.ts';

type Outcome = CommandOutcome<Static<typeof FavoriteResult>>;

/** Puts a published course among the actor's favorites; again it changes nothing. */
export async function addFavorite(tx: Tx, context: CommandContext, courseId: string): Promise<Outcome> {
  const { id } = await loadLiveCourse(tx, courseId);
  const { rowCount } = await tx.query(
    `insert into favorites (user_id, course_id, created_at) values ($1, $2, $3)
     on conflict (user_id, course_id) do nothing`,
    [context.actor.id, id, context.now],
  );
  return answer(tx, context, courseId, { isFavorite: true, isChanged: rowCount === 1 });
}

/** Takes a course, published or not, from the actor's favorites; again it changes nothing. */
export async function removeFavorite(tx: Tx, context: CommandContext, courseId: string): Promise<Outcome> {
  const { rowCount } = await tx.query('delete from favorites where user_id = $1 and course_id = $2', [
    context.actor.id,
    courseId,
  ]);
  return answer(tx, context, courseId, { isFavorite: false, isChanged: rowCount === 1 });
}

async function answer(
  tx: Tx,
  { actor }: CommandContext,
  courseId: string,
  { isFavorite, isChanged }: { isFavorite: boolean; isChanged: boolean },
): Promise<Outcome> {
  const userId = actor.id;
  const event = {
    type: 'favorite.changed',
    aggregateType: 'favorite',
    aggregateId: `${userId}/${courseId}`,
    aggregateVersion: 1,
    payload: { userId, courseId },
  } as const;
  return { result: { courseId, isFavorite }, position: await record(tx, isChanged ? [event] : []) };
}
