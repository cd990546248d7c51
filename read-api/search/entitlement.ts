import type { CourseCard, LessonGuard } from '@eduplatform/contracts/documents';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import { mayOpen } from '../lessons/entitlement.ts';
import type { DocumentStore, StoredDocument } from '../read-model/document-store.ts';
import { isUnreadable } from '../read-model/problems.ts';
import type { Read } from '../read-model/read.ts';
import { parseCard } from './card.ts';

/** What stands in Redis; `unknown` while that cannot be read. */
export type Known<T> = T | 'unknown';

/** What Redis says of a hit. Of a hit that is not published any more it says nothing: it is dropped. */
export interface Standing {
  /** The course's card as it is now; null when it cannot be read or is damaged. */
  card: CourseCard | null;
  /** Who may open the lesson; null when its guard is damaged, and of courses. */
  guard: Known<LessonGuard | null>;
}

type Documents = Pick<DocumentStore, 'get' | 'getCurrent'>;

/** What Redis says of a course that was found; null when it is not published any more. */
export async function courseStanding(documents: Documents, read: Read, courseId: string): Promise<Standing | null> {
  const card = await known(documents.get(read, documentKeys.card(courseId)));
  return card && { card: cardIn(card), guard: null };
}

/** What Redis says of a lesson that was found; null when it, or its course, is not published any more. */
export async function lessonStanding(
  documents: Documents,
  read: Read,
  found: { id: string; courseId: string },
): Promise<Standing | null> {
  // Asked for together, so that those of all hits go to Redis in one pipeline.
  const [card, locked] = await Promise.all([
    known(documents.get(read, documentKeys.card(found.courseId))),
    known(documents.getCurrent(read, documentKeys.lessonLocked(found.id))),
  ]);
  if (!card || !locked) return null;
  return { card: cardIn(card), guard: locked === 'unknown' ? 'unknown' : locked.guard };
}

/**
 * How a lesson is shown: by the stricter of its guard and what the search index says, either of which may be behind
 * the other. While guards cannot be read, whatever is paid is locked, to its owner too.
 */
export function entitlementOf(
  found: Pick<LessonGuard, 'access' | 'ownerId'>,
  guard: Known<LessonGuard | null>,
  user: AccessTokenClaims | null,
): { access: LessonGuard['access']; locked: boolean } {
  if (guard === 'unknown') return { access: found.access, locked: found.access === 'paid' };
  const access = found.access === 'paid' ? 'paid' : (guard?.access ?? 'paid');
  return { access, locked: !(mayOpen(found, user) && mayOpen(guard, user)) };
}

const cardIn = (document: Known<StoredDocument>): CourseCard | null =>
  document === 'unknown' ? null : parseCard(document.body.toString());

async function known<T>(asked: Promise<T>): Promise<Known<T>> {
  try {
    return await asked;
  } catch (error) {
    if (isUnreadable(error)) return 'unknown';
    throw error;
  }
}
