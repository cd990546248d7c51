import type { PageQuery } from '@eduplatform/contracts/pages';
import { documentKeys, lists } from '@eduplatform/contracts/redis-keys';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { storedPage } from '../answers/list-page.ts';
import type { RouteDependencies } from '../dependencies.ts';
import { opensByEnrollment } from '../lessons/enrollment.ts';
import { mayOpen } from '../lessons/entitlement.ts';
import type { Read } from '../read-model/read.ts';

/**
 * The questions on a lesson, the latest first, for those who may open it.
 * Throws lesson_not_found, unauthenticated, not_enrolled, invalid_cursor.
 */
export async function questionPage(
  { documents, direct }: Pick<RouteDependencies, 'documents' | 'direct'>,
  read: Read,
  lessonId: string,
  user: AccessTokenClaims | null,
  query: PageQuery,
): Promise<Buffer> {
  const locked = await documents.getCurrent(read, documentKeys.lessonLocked(lessonId));
  if (!locked) throw new ProblemError('lesson_not_found');
  const isEnrolled = await opensByEnrollment(direct, read, user, locked.guard);
  if (!mayOpen(locked.guard, user, isEnrolled)) throw new ProblemError(user ? 'not_enrolled' : 'unauthenticated');
  return storedPage(direct, read, { list: lists.questions(lessonId), prefix: documentKeys.question('') }, query);
}
