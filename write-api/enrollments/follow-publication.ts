import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { Tx } from '@eduplatform/db/transaction';
import { requestCompletionCheck } from '../completions/requests.ts';
import { tellStudents } from './course-news.ts';

/** A publication, as far as it concerns who is enrolled. */
interface Publication {
  courseId: string;
  slug: string;
  title: string;
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
  { courseId, slug, title, added, removed }: Publication,
  now: Date,
): Promise<OutboxEvent[]> {
  if (removed > 0) await requestCompletionCheck(tx, courseId);
  if (added === 0) return [];
  const params = { courseTitle: title, count: String(added), slug };
  return tellStudents(tx, { courseId, params, link: `/courses/${slug}` }, now);
}
