import type { SearchQuery } from '@eduplatform/contracts/search';
import { includesLessons } from '../search/terms.ts';
import { ACCESS, CARD_JOINS, CARD_MEMBERS, PRICE } from './card.ts';
import type { Matching } from './matching.ts';
import { sortOf } from './sorts.ts';

export interface Searching {
  /** Null: all courses are browsed. */
  matching: Matching | null;
  /** Conditions, each with `and` before it. */
  filters: string;
  withFacets: boolean;
}

const IS_LISTED = `c.status = 'published'`;
/** Results that are ranked at most, of each kind. */
const MAX_RANKED = 1000;

/**
 * Answers one row: what was found, how much in all, and how many courses match by themselves under each combination of
 * what can be filtered. Parameters: text, limit, offset, id of the reader, whether an admin reads; then those of the filters.
 */
export function searchStatement(query: SearchQuery, { matching, filters, withFacets }: Searching): string {
  const { sort = 'relevance' } = query;
  const { key, direction } = sortOf(sort === 'relevance' ? 'newest' : sort);
  const ordered = (id: string): string => `order by rank desc, key ${direction}, ${id} ${direction}`;
  const page = matching
    ? `select found.*, ${key} as key, count(*) over ()::int as total
       from (${foundBy(matching, query, filters)}) found join courses c on c.id = found.course_id
       ${ordered('found.id')} limit $2 offset $3`
    : `select c.id, c.id as course_id, null::uuid as lesson_id, 0 as rank, ${key} as key,
              (select count(*)::int from courses c where ${IS_LISTED}${filters}) as total
       from courses c where ${IS_LISTED}${filters} and $1::text is null
       order by ${key} ${direction}, c.id ${direction} limit $2 offset $3`;
  return `
    with matching as materialized (
      select c.id, c.category_slug, c.language, c.level, c.sort_price
      from courses c where ${IS_LISTED} ${matching ? `and ${matching.course}` : ''}
    ), page as materialized (${page})
    select (select json_agg(${FOUND} ${ordered('page.id')}) from page ${FOUND_JOINS}) as found,
           (select max(total) from page) as total,
           ${withFacets ? FACETS : 'null::json'} as facets,
           ${matching?.lexemes ?? 'null'} as lexemes`;
}

const FACETS = `(
  select json_agg(counted) from (
    select c.category_slug as category, c.language, c.level,
           case when ${PRICE.free} then 'free' else 'paid' end as price, count(*)::int as count
    from matching c group by 1, 2, 3, 4
  ) counted
)`;

const FOUND = `json_build_object(
  'card', json_build_object(${CARD_MEMBERS}),
  'lesson', case when l.id is not null then json_build_object(
    'id', l.id, 'title', l.title, 'access', ${ACCESS},
    'locked', not who.is_let_in, 'text', case when who.is_let_in then l.body_text end
  ) end
)`;

const FOUND_JOINS = `
  join courses c on c.id = page.course_id ${CARD_JOINS}
  left join lessons l on l.id = page.lesson_id
  left join enrollments e on e.user_id = $4 and e.course_id = c.id and e.revoked_at is null
  cross join lateral (
    select c.price_amount is null or l.is_free_preview or $5 or coalesce(c.teacher_id = $4, false) or e.id is not null
      as is_let_in
  ) who`;

/**
 * Courses and lessons that match. Where the best are wanted, as many are ranked as can be paged through: a common word is
 * in most texts, and to rank them all each would have to be fetched.
 */
function foundBy(matching: Matching, query: SearchQuery, filters: string): string {
  const isRanked = (query.sort ?? 'relevance') === 'relevance';
  const limit = isRanked ? `limit ${MAX_RANKED}` : '';
  const rank = (of: string): string => (isRanked ? of : '0');
  const courses = `
    (select c.id, c.id as course_id, null::uuid as lesson_id, ${rank(matching.courseRank)} as rank
     from matching join courses c on c.id = matching.id where true${filters} ${limit})`;
  const lessons = `
    (select l.id, c.id, l.id, ${rank(matching.lessonRank)}
     from lessons l join courses c on c.id = l.course_id
     where ${IS_LISTED} and ${matching.lesson}${filters} ${limit})`;
  return includesLessons(query) ? `${courses} union all ${lessons}` : courses;
}
