import type { Tx } from '@eduplatform/db/transaction';
import type { Actor } from '../commands/outcome.ts';
import type { LiveCourse } from '../courses/live-course.ts';

/** Whether a live lesson is open to who is neither enrolled nor the teacher: in a free course, or as a preview. */
const isOpenToAll = ({ price, previewIds }: Pick<LiveCourse, 'price' | 'previewIds'>, lessonId: string): boolean =>
  price === null || previewIds.includes(lessonId);

/** Whether somebody may open a live lesson. */
export const mayOpenLesson = (
  course: Pick<LiveCourse, 'ownerId' | 'price' | 'previewIds'>,
  lessonId: string,
  actor: Pick<Actor, 'id' | 'role'>,
  isEnrolled: boolean,
): boolean => isOpenToAll(course, lessonId) || isEnrolled || actor.role === 'admin' || actor.id === course.ownerId;

/** mayOpenLesson by the actor's enrollment as it stands. */
export async function canOpenLesson(tx: Tx, course: LiveCourse, lessonId: string, actor: Actor): Promise<boolean> {
  if (mayOpenLesson(course, lessonId, actor, false)) return true;
  const { rowCount } = await tx.query(
    'select from enrollments where user_id = $1 and course_id = $2 and revoked_at is null',
    [actor.id, course.id],
  );
  return rowCount === 1;
}
