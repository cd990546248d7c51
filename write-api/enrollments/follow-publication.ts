import type { OutboxEvent } from '@eduplatform/contracts/events';
import type { Tx } from '@eduplatform/db/transaction';
import { notify } from '../notifications/notify.ts';
import { requestCompletionCheck } from '../completions/requests.ts';

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
  const { rows } = await tx.query<{ userId: string }>(
    'select user_id as "userId" from enrollments where course_id = $1 and revoked_at is null',
    [courseId],
  );
  const params = { courseTitle: title, count: String(added), slug };
  return notify(
    tx,
    rows.map(({ userId }) => ({ userId, type: 'course_updated', params, link: `/courses/${slug}` })),
    now,
  );
}
