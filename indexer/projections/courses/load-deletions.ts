import type { Queryable } from '@eduplatform/db/transaction';

const LOAD_DELETIONS = `
  select jsonb_array_elements_text(payload->'lessonIds') as id from outbox
  where aggregate_id = any($1::text[]) and aggregate_type = 'course' and type = 'course.deleted'`;

/** Every lesson that these courses had published when they were deleted. */
export async function loadDeletions(db: Queryable, courseIds: readonly string[]): Promise<string[]> {
  if (courseIds.length === 0) return [];
  return (await db.query<{ id: string }>(LOAD_DELETIONS, [courseIds])).rows.map(({ id }) => id);
}
