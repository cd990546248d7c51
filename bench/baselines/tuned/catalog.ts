import type { CatalogQuery, CoursePage } from '@eduplatform/contracts/catalog';
import { isUuid } from '@eduplatform/contracts/primitives';
import type { Static } from '@sinclair/typebox';
import { cardOf, type CardRow } from '../answers/card.ts';
import { decodeCursor, encodeCursor, isTimestamp } from '../answers/cursor.ts';
import { filterConditions } from '../sql/filters.ts';
import { rowsOf, type Queryable } from '../sql/prepared.ts';
import { CARD_COLUMNS, CARD_JOINS, PRICE } from './card.ts';
import { sortOf, type Sort } from './sorts.ts';

type Key = string | number;
/** Sort key and id of the last course of a page. */
type Place = [Key, string];

/** A page of the catalog, found in an index from where the page before it ended. Throws invalid_cursor. */
export async function catalog(db: Queryable, query: CatalogQuery): Promise<Static<typeof CoursePage>> {
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
    select ${CARD_COLUMNS}, page.key from page join courses c on c.id = page.course_id ${CARD_JOINS}
    order by page.key ${direction}, c.id ${direction}`;
  const rows = await rowsOf<CardRow & { key: Key | Date }>(db, text, values);
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(cardOf),
    nextCursor: rows.length > limit && last ? encodeCursor([plain(last.key), last.id] satisfies Place) : null,
  };
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
