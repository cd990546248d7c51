import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { RouteDependencies } from '../dependencies.ts';
import type { StoredDocument } from '../read-model/document-store.ts';
import type { Read } from '../read-model/read.ts';
import { opensByEnrollment } from './enrollment.ts';
import { mayOpen } from './entitlement.ts';

/** The lesson as this reader may see it; for a locked reader the text is not even fetched. Throws lesson_not_found. */
export async function lessonDocument(
  { documents, direct }: Pick<RouteDependencies, 'documents' | 'direct'>,
  read: Read,
  lessonId: string,
  user: AccessTokenClaims | null,
): Promise<StoredDocument> {
  const locked = await documents.get(read, documentKeys.lessonLocked(lessonId));
  if (!locked) throw new ProblemError('lesson_not_found');
  const isEnrolled = await opensByEnrollment(direct, read, user, locked.guard);
  if (!mayOpen(locked.guard, user, isEnrolled)) return locked;
  const full = await documents.get(read, documentKeys.lesson(lessonId));
  if (!full) throw new ProblemError('lesson_not_found');
  // The two are not read in one go: what is sent is judged by the guard that was stored with it. A free lesson may have
  // become paid in between, so that the enrollment decides only now.
  const opens = isEnrolled || (await opensByEnrollment(direct, read, user, full.guard));
  return mayOpen(full.guard, user, opens) ? full : locked;
}
