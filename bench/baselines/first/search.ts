import type { SearchPage, SearchQuery } from '@eduplatform/contracts/search';
import { accessOf, mayOpen } from '../answers/access.ts';
import { cardOf, type CardRow } from '../answers/card.ts';
import type { Reader } from '../http/reads.ts';
import type { FacetRow } from '../search/facets.ts';
import { anywhere } from '../search/highlight.ts';
import type { FoundLesson } from '../search/hits.ts';
import { searchPage, windowOf } from '../search/page.ts';
import { includesLessons, likePattern, termsOf } from '../search/terms.ts';
import { filterConditions } from '../sql/filters.ts';
import { rowsOf, type Queryable } from '../sql/prepared.ts';
import { CARD_COLUMNS, CARD_JOINS, PRICE } from './card.ts';
import { sortOf } from './sorts.ts';

const COURSE_MATCHES = `
  (c.title ilike $1 or c.subtitle ilike $1 or array_to_string(c.outcomes, E'\n') ilike $1 or c.description_text ilike $1)`;
const LESSON_MATCHES = '(l.title ilike $1 or l.body_text ilike $1)';

/** A page of what contains the text as it was typed. Throws invalid_cursor. */
export async function search(
  db: Queryable,
  query: SearchQuery,
  { reader, withFacets }: { reader: Reader; withFacets: boolean },
): Promise<SearchPage> {
  const { text } = termsOf(query.q ?? '');
  const pattern = text === '' ? null : likePattern('%', text);
  const window = windowOf(query);
  const [rows, facets] = await Promise.all([
    findHits(db, query, [pattern, window.limit + 1, window.offset, reader?.sub ?? null]),
    withFacets ? countFacets(db, pattern) : [],
  ]);
  return searchPage(query, window, {
    found: rows.map((row) => ({ card: cardOf(row), lesson: lessonOf(row, reader) })),
    total: rows[0]?.total ?? 0,
    facets,
    matches: pattern === null ? null : anywhere(text),
  });
}

/** The lesson of a hit; all null in a hit that is a course. */
interface LessonColumns {
  lesson_id: string;
  lesson_title: string;
  body_text: string;
  is_free_preview: boolean;
  is_enrolled: boolean;
}
type Row = CardRow & { total: number } & (LessonColumns | { [Column in keyof LessonColumns]: null });

function lessonOf(row: Row, reader: Reader): FoundLesson | null {
  if (row.lesson_id === null) return null;
  const { lesson_id: id, lesson_title: title, body_text: text } = row;
  return { id, title, access: accessOf(row), locked: !mayOpen(row, reader), text };
}

const countFacets = (db: Queryable, pattern: string | null): Promise<FacetRow[]> =>
  rowsOf<FacetRow>(
    db,
    `select c.category_slug as category, c.language, c.level,
            case when ${PRICE.free} then 'free' else 'paid' end as price, count(*)::int as count
     from courses c where c.status = 'published' ${pattern === null ? '' : `and ${COURSE_MATCHES}`}
     group by 1, 2, 3, 4`,
    pattern === null ? [] : [pattern],
  );

/** @param given pattern, limit, offset and id of the reader: the first four parameters */
function findHits(
  db: Queryable,
  query: SearchQuery,
  given: [pattern: string | null, limit: number, offset: number, userId: string | null],
): Promise<Row[]> {
  const values: unknown[] = [...given];
  const filters = filterConditions(query, PRICE, values);
  const { sort = 'relevance' } = query;
  const { key, joins, direction } = sortOf(sort === 'relevance' ? 'newest' : sort);
  const text = `
    with found as (
      select c.id, c.id as course_id, null::uuid as lesson_id, c.title ilike $1 as is_in_title
      from courses c where c.status = 'published' ${given[0] === null ? '' : `and ${COURSE_MATCHES}`}${filters}
      ${includesLessons(query) ? `union all ${foundLessons(filters)}` : ''}
    ), page as (
      select found.*, ${sort === 'relevance' ? 'found.is_in_title' : 'true'} as rank, ${key} as key,
             count(*) over ()::int as total
      from found join courses c on c.id = found.course_id ${joins}
      order by rank desc, key ${direction}, found.id ${direction} limit $2 offset $3
    )
    select ${CARD_COLUMNS}, page.total, l.id as lesson_id, l.title as lesson_title, l.body_text, l.is_free_preview,
           exists (
             select from enrollments e where e.user_id = $4 and e.course_id = c.id and e.revoked_at is null
           ) as is_enrolled
    from page join courses c on c.id = page.course_id ${CARD_JOINS} left join lessons l on l.id = page.lesson_id
    order by page.rank desc, page.key ${direction}, page.id ${direction}`;
  return rowsOf<Row>(db, text, values);
}

const foundLessons = (filters: string): string => `
  select l.id, c.id, l.id, l.title ilike $1
  from lessons l join modules m on m.id = l.module_id join courses c on c.id = m.course_id
  where c.status = 'published' and ${LESSON_MATCHES}${filters}`;
