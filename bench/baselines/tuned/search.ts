import type { SearchPage, SearchQuery } from '@eduplatform/contracts/search';
import type { Reader } from '../http/reads.ts';
import type { FacetRow } from '../search/facets.ts';
import type { HitRow } from '../search/hits.ts';
import { searchPage, MAX_OFFSET } from '../search/page.ts';
import { includesLessons, termsOf } from '../search/terms.ts';
import { filterConditions } from '../sql/filters.ts';
import type { Queryable } from '../sql/prepared.ts';
import { CARD_COLUMNS, CARD_JOINS, PRICE } from './card.ts';
import { matchingOf, type Matching } from './matching.ts';
import type { SearchMode } from './search-modes.ts';
import { sortOf } from './sorts.ts';

const IS_LISTED = `c.status = 'published'`;

type Row = HitRow & { lexemes: string | null };

/** A page of what an index finds. Throws invalid_cursor. */
export function search(
  db: Queryable,
  query: SearchQuery,
  { reader, mode, withFacets }: { reader: Reader; mode: SearchMode; withFacets: boolean },
): Promise<SearchPage> {
  const terms = termsOf(query.q ?? '');
  const matching = terms.text === '' ? null : matchingOf(mode, terms);
  return searchPage({
    query,
    reader,
    async hits(limit, offset) {
      const values: unknown[] = [matching?.value ?? null, limit, offset, reader?.sub ?? null];
      const text = hitsStatement(query, matching, filterConditions(query, PRICE, values));
      // Not prepared: which index is worth it depends on how common the words are.
      return (await db.query<Row>(text, values)).rows;
    },
    ...(withFacets && {
      facets: async () => (await db.query<FacetRow>(facetsStatement(matching), matching ? [matching.value] : [])).rows,
    }),
    matchesIn: ([row]) => matching?.matchesIn((row as Row | undefined)?.lexemes ?? null) ?? null,
  });
}

const facetsStatement = (matching: Matching | null): string => `
  select c.category_slug as category, c.language, c.level,
         case when ${PRICE.free} then 'free' else 'paid' end as price, count(*)::int as count
  from courses c where ${IS_LISTED} ${matching ? `and ${matching.course}` : ''}
  group by 1, 2, 3, 4`;

function hitsStatement(query: SearchQuery, matching: Matching | null, filters: string): string {
  const { sort = 'relevance' } = query;
  const { key, direction } = sortOf(sort === 'relevance' ? 'newest' : sort);
  const isRanked = sort === 'relevance';
  const ordered = (id: string): string => `order by rank desc, key ${direction}, ${id} ${direction}`;
  const page = matching
    ? `select found.*, ${key} as key, count(*) over ()::int as total
       from (${matchesStatement(matching, { filters, isRanked, includesLessons: includesLessons(query) })}) found
       join courses c on c.id = found.course_id
       ${ordered('found.id')} limit $2 offset $3`
    : `select c.id, c.id as course_id, null::uuid as lesson_id, 0 as rank, ${key} as key,
              (select count(*)::int from courses c where ${IS_LISTED}${filters}) as total
       from courses c where ${IS_LISTED}${filters} and $1::text is null
       order by ${key} ${direction}, c.id ${direction} limit $2 offset $3`;
  return `
    with page as (${page})
    select ${CARD_COLUMNS}, page.total, ${matching?.lexemes ?? 'null'} as lexemes,
           l.id as lesson_id, l.title as lesson_title, l.body_text, l.is_free_preview, e.id is not null as is_enrolled
    from page
    join courses c on c.id = page.course_id ${CARD_JOINS}
    left join lessons l on l.id = page.lesson_id
    left join enrollments e on e.user_id = $4 and e.course_id = c.id and e.revoked_at is null
    ${ordered('page.id')}`;
}

/**
 * What matches. Where the best are wanted, ranking stops at as many courses and lessons as can be paged through: a common
 * word is in most texts, and to rank them all each would have to be fetched.
 */
function matchesStatement(
  matching: Matching,
  { filters, isRanked, includesLessons }: { filters: string; isRanked: boolean; includesLessons: boolean },
): string {
  const limit = isRanked ? `limit ${MAX_OFFSET}` : '';
  const rank = (of: string): string => (isRanked ? of : '0');
  const courses = `
    (select c.id, c.id as course_id, null::uuid as lesson_id, ${rank(matching.courseRank)} as rank
     from courses c where ${IS_LISTED} and ${matching.course}${filters} ${limit})`;
  const lessons = `
    (select l.id, c.id, l.id, ${rank(matching.lessonRank)}
     from lessons l join courses c on c.id = l.course_id
     where ${IS_LISTED} and ${matching.lesson}${filters} ${limit})`;
  return includesLessons ? `${courses} union all ${lessons}` : courses;
}
