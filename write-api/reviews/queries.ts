import type pg from 'pg';
import type { Static } from '@sinclair/typebox';
import type { AdminReview, AdminReviewList } from '@eduplatform/contracts/http/learning';
import { cursorAfter, idOfCursor } from '../studio/cursor.ts';

interface Filter {
  /** true: only reported ones; false: only others. */
  reported?: boolean;
  hidden?: boolean;
  limit: number;
  cursor?: string;
}

const REPORTED = 'select review_id from review_reports';
const CONDITIONS = {
  reported: { true: `r.id in (${REPORTED})`, false: `r.id not in (${REPORTED})` },
  hidden: { true: 'r.hidden_at is not null', false: 'r.hidden_at is null' },
};

const list = (conditions: string[]): string => `
  select r.id, r.course_id as "courseId", c.title as "courseTitle", r.rating, r.text, r.user_id as "authorId",
    u.name as "authorName", r.hidden_at as "hiddenAt", r.hidden_reason as "hiddenReason", r.created_at as "createdAt",
    (select count(*)::int from review_reports where review_id = r.id) as "reportCount",
    array(
      select json_build_object('reason', reason, 'at', to_json(created_at at time zone 'UTC') #>> '{}' || 'Z')
      from review_reports where review_id = r.id order by created_at desc, user_id limit 20
    ) as reports
  from reviews r join courses c on c.id = r.course_id join users u on u.id = r.user_id
  where ($1::uuid is null or r.id < $1) ${conditions.map((condition) => `and ${condition}`).join(' ')}
  order by r.id desc limit $2`;

type Row = Omit<Static<typeof AdminReview>, 'hiddenAt' | 'createdAt'> & { hiddenAt: Date | null; createdAt: Date };

/** Reviews for admins, newest first. */
export async function listReviews(
  pool: pg.Pool,
  { reported, hidden, limit, cursor }: Filter,
): Promise<AdminReviewList> {
  const conditions = [
    ...(reported === undefined ? [] : [CONDITIONS.reported[`${reported}`]]),
    ...(hidden === undefined ? [] : [CONDITIONS.hidden[`${hidden}`]]),
  ];
  const after = cursor === undefined ? null : idOfCursor(cursor);
  const { rows } = await pool.query<Row>(list(conditions), [after, limit + 1]);
  const items = rows.slice(0, limit).map((row) => ({
    ...row,
    hiddenAt: row.hiddenAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? cursorAfter(last.id) : null };
}
