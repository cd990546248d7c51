import { isUuid } from '@eduplatform/contracts/primitives';
import type { Queryable } from '@eduplatform/db/transaction';
import type { DraftFacts, EventFacts, WhyFacts } from './facts.ts';

const FIND = `
  select c.id, c.slug, c.owner_id as "ownerId", c.version, c.published_version as "publishedVersion",
         c.live_revision as "liveRevision", c.updated_at as "updatedAt", c.published_at as "publishedAt",
         c.archived_at as "archivedAt", u.suspended_at is not null as "isOwnerSuspended",
         u.role = 'admin' or u.is_verified as "mayPublish", of_lesson.*
  from courses c
  join users u on u.id = c.owner_id
  cross join lateral (
    select exists (select from lessons l where l.id = $1 and l.course_id = c.id) as "isInDraft",
           exists (select from live_lessons l where l.lesson_id = $1 and l.course_id = c.id) as "isLive"
  ) of_lesson
  where c.slug = $2 or c.id = $1
     or c.id = (select course_id from lessons where id = $1)
     or c.id = (select course_id from live_lessons where lesson_id = $1)
  limit 1`;

type Row = DraftFacts & { isInDraft: boolean; isLive: boolean };

/** The course with this id or slug, or the lesson with this id and its course; null: there is neither. */
export async function findSubject(db: Queryable, text: string): Promise<Pick<WhyFacts, 'draft' | 'lesson'> | null> {
  const id = isUuid(text) ? text : null;
  const { rows } = await db.query<Row>(FIND, [id, id === null ? text : null]);
  if (!rows[0]) return null;
  const { isInDraft, isLive, ...draft } = rows[0];
  return { draft, lesson: id !== null && (isInDraft || isLive) ? { id, isInDraft, isLive } : null };
}

// Ordered by position alone: of one course they do not overlap, since each command locks it.
const LAST_EVENT = `
  select type, format('%s-%s-%s', lpad(history::text, 10, '0'), lpad(transaction_id::text, 20, '0'),
                      lpad(position::text, 19, '0')) as position,
         occurred_at as "occurredAt", transaction_id < pg_snapshot_xmin(pg_current_snapshot()) as "isSettled"
  from outbox
  where aggregate_id = $1 and history = current_history()
    and type in ('course.published', 'course.unpublished', 'course.archive_changed')
  order by position desc limit 1`;

/** The last event that says what readers shall see of a course, as far as the outbox still holds it. */
export async function findEvent(db: Queryable, courseId: string): Promise<EventFacts | null> {
  return (await db.query<EventFacts>(LAST_EVENT, [courseId])).rows[0] ?? null;
}
