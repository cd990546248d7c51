import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { DocumentStore, StoredDocument } from '../read-model/document-store.ts';
import type { Read } from '../read-model/read.ts';
import { mayOpen } from './entitlement.ts';

/** The lesson as this reader may see it; for a locked reader the text is not even fetched. Throws lesson_not_found. */
export async function lessonDocument(
  store: DocumentStore,
  read: Read,
  lessonId: string,
  user: AccessTokenClaims | null,
): Promise<StoredDocument> {
  const locked = await store.get(read, documentKeys.lessonLocked(lessonId));
  if (!locked) throw new ProblemError('lesson_not_found');
  if (!mayOpen(locked.guard, user)) return locked;
  const full = await store.get(read, documentKeys.lesson(lessonId));
  if (!full) throw new ProblemError('lesson_not_found');
  // The two are not read in one go: what is sent is judged by the guard that was stored with it.
  return mayOpen(full.guard, user) ? full : locked;
}
