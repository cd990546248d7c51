import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { Tx } from '@eduplatform/db/transaction';
import { requestCompletionCheck } from '../completions/requests.ts';
import { tellStudents } from './course-news.ts';

/** A publication, as far as it concerns who is enrolled. */
interface Publication {
  courseId: string;
  slug: string;
  title: string;
  /** Whether the course was live before, but not just now. */
  isBack: boolean;
  /** Numbers of lessons that came and went. */
  added: number;
  removed: number;
}

/**
 * What a publication means for who is enrolled: of new lessons they are told; where lessons went, some may have done
 * everything that is left.
 */
export async function followPublication(
  tx: Tx,
  { courseId, slug, title, isBack, added, removed }: Publication,
  now: Date,
): Promise<OutboxEvent[]> {
  // A check that was asked for is dropped while the course is not live, so one that comes back asks anew.
  if (removed > 0 || isBack) await requestCompletionCheck(tx, courseId);
  if (added === 0) return [];
  const params = { courseTitle: title, count: String(added), slug };
  return tellStudents(tx, { courseId, params, link: `/courses/${slug}` }, now);
}
