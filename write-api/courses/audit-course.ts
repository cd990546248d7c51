import type { Tx } from '@eduplatform/db/transaction';
import { audit } from '../admin/audit.ts';
import type { Actor } from '../commands/outcome.ts';
import type { Course } from './course.ts';

/** Notes what an admin did to somebody else's course; teachers need no note of what they do to their own. */
export async function auditCourse(
  tx: Tx,
  actor: Actor,
  course: Pick<Course, 'id' | 'ownerId'>,
  action: string,
  details: object = {},
): Promise<void> {
  if (course.ownerId === actor.id) return;
  await audit(tx, actor, `course.${action}`, { type: 'course', id: course.id }, details);
}
