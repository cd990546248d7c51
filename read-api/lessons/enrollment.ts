import type { LessonGuard } from '@eduplatform/contracts/documents';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import type { DirectReader } from '../read-model/direct-reader.ts';
import type { Read } from '../read-model/read.ts';
import { mayOpen } from './entitlement.ts';

/** Those of the courses in which somebody is enrolled as it stands now, never by an older copy. Throws 503 problems. */
export async function enrolledIn(
  direct: DirectReader,
  read: Read,
  user: AccessTokenClaims | null,
  courseIds: readonly string[],
): Promise<Set<string>> {
  if (!user || courseIds.length === 0) return new Set();
  const { exists } = await direct.ask(read, { exists: courseIds.map((id) => documentKeys.learning(user.sub, id)) });
  return new Set(courseIds.filter((_id, index) => exists[index]));
}

/** Whether somebody is enrolled in the lesson's course; asked only where that decides. Throws 503 problems. */
export async function opensByEnrollment(
  direct: DirectReader,
  read: Read,
  user: AccessTokenClaims | null,
  guard: LessonGuard | null,
): Promise<boolean> {
  if (!guard || mayOpen(guard, user, false)) return false;
  return (await enrolledIn(direct, read, user, [guard.courseId])).has(guard.courseId);
}
