import type { CatalogQuery } from '@eduplatform/contracts/catalog';
import { isUuid } from '@eduplatform/contracts/primitives';
import { decodeCursor, isTimestamp } from '../answers/cursor.ts';
import { filterConditions } from '../sql/filters.ts';
import { rowsOf, type Queryable } from '../sql/prepared.ts';
import { CARD_JOINS, CARD_MEMBERS, PRICE } from './card.ts';
import { pageOf } from './page.ts';
import { sortOf, type Sort } from './sorts.ts';

type Key = string | number;
/** Sort key and id of the last course of a page. */
type Place = [Key, string];

/** A page of the catalog, found in an index from where the page before it ended. Throws invalid_cursor. */
export async function catalog(db: Queryable, query: CatalogQuery): Promise<string> {
  const { sort = 'newest', limit = 20, cursor, ...filters } = query;
  const order = sortOf(sort);
  const { key, direction } = order;
  // One more than wanted tells whether there is a next page.
  const values: unknown[] = [limit + 1];
  const conditions = filterConditions(filters, PRICE, values) + behind(cursor, order, values);
  const text = `
    with page as (
      select c.id as course_id, ${key} as key from courses c
      where c.status = 'published'${conditions}
      order by ${key} ${direction}, c.id ${direction}
      limit $1
    )
    select json_build_object(${CARD_MEMBERS})::text as body, page.key, c.id from page join courses c on c.id = page.course_id ${CARD_JOINS}
    order by page.key ${direction}, c.id ${direction}`;
  const rows = await rowsOf<{ body: string; key: Key | Date; id: string }>(db, text, values);
  return pageOf(rows, limit, ({ key, id }) => [plain(key), id] satisfies Place);
}

/** The condition that a course comes behind the cursor's place. */
function behind(cursor: string | undefined, { key, type, direction }: Sort, values: unknown[]): string {
  if (cursor === undefined) return '';
  const count = values.push(...decodeCursor(cursor, isPlaceIn(type)));
  return ` and (${key}, c.id) ${direction === 'asc' ? '>' : '<'} ($${count - 1}::${type}, $${count}::uuid)`;
}

const plain = (key: Key | Date): Key => (key instanceof Date ? key.toISOString() : key);

const isPlaceIn =
  (type: Sort['type']) =>
  (value: unknown): value is Place =>
    Array.isArray(value) && value.length === 2 && isUuid(String(value[1])) && isKey[type](value[0]);

const isKey: Record<Sort['type'], (key: unknown) => boolean> = {
  timestamptz: isTimestamp,
  integer: (key) => Number.isInteger(key) && Math.abs(Number(key)) < 2 ** 31,
  text: (key) => typeof key === 'string' && !key.includes('\0'),
};
