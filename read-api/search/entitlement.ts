import type { CourseCard, LessonGuard } from '@eduplatform/contracts/documents';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import { enrolledIn } from '../lessons/enrollment.ts';
import { mayOpen } from '../lessons/entitlement.ts';
import type { DirectReader } from '../read-model/direct-reader.ts';
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
  /** Whether the reader is enrolled in the course by which the lesson was found; false while that cannot be read. */
  isEnrolled: boolean;
}

type Documents = Pick<DocumentStore, 'get' | 'getCurrent'>;

/** What Redis says of a course that was found; null when it is not published any more. */
export async function courseStanding(documents: Documents, read: Read, courseId: string): Promise<Standing | null> {
  const card = await known(documents.get(read, documentKeys.card(courseId)));
  return card && { card: cardIn(card), guard: null, isEnrolled: false };
}

/** What Redis says of a lesson that was found; null when it, or its course, is not published any more. */
export async function lessonStanding(
  documents: Documents,
  read: Read,
  found: { id: string; courseId: string },
  enrolled: Promise<ReadonlySet<string>>,
): Promise<Standing | null> {
  // Asked for together, so that those of all hits go to Redis in one pipeline.
  const [card, locked, courses] = await Promise.all([
    known(documents.get(read, documentKeys.card(found.courseId))),
    known(documents.getCurrent(read, documentKeys.lessonLocked(found.id))),
    enrolled,
  ]);
  if (!card || !locked) return null;
  const guard = locked === 'unknown' ? 'unknown' : locked.guard;
  return { card: cardIn(card), guard, isEnrolled: courses.has(found.courseId) };
}

/** Those of the courses in which the reader is enrolled; none while that cannot be read. */
export async function enrolledCourses(
  direct: DirectReader,
  read: Read,
  user: AccessTokenClaims | null,
  courseIds: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const enrolled = await known(enrolledIn(direct, read, user, [...new Set(courseIds)]));
  return enrolled === 'unknown' ? new Set() : enrolled;
}

/**
 * How a lesson is shown: by the stricter of its guard and what the search index says, either of which may be behind
 * the other. While guards cannot be read, whatever is paid is locked, to its owner too.
 */
export function entitlementOf(
  found: LessonGuard,
  { guard, isEnrolled }: Pick<Standing, 'guard' | 'isEnrolled'>,
  user: AccessTokenClaims | null,
): { access: LessonGuard['access']; locked: boolean } {
  if (guard === 'unknown') return { access: found.access, locked: found.access === 'paid' };
  const access = found.access === 'paid' ? 'paid' : (guard?.access ?? 'paid');
  const counts = isEnrolled && guard?.courseId === found.courseId;
  return { access, locked: !(mayOpen(found, user, counts) && mayOpen(guard, user, counts)) };
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
