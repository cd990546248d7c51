import type { CatalogQuery, CoursePage } from '@eduplatform/contracts/catalog';
import type { Static } from '@sinclair/typebox';
import { cardOf, type CardRow } from '../answers/card.ts';
import { decodeOffset, encodeCursor } from '../answers/cursor.ts';
import { filterConditions } from '../sql/filters.ts';
import { rowsOf, type Queryable } from '../sql/prepared.ts';
import { CARD_COLUMNS, CARD_JOINS, PRICE } from './card.ts';
import { sortOf } from './sorts.ts';

/** A page of the catalog. Throws invalid_cursor. */
export async function catalog(db: Queryable, query: CatalogQuery): Promise<Static<typeof CoursePage>> {
  const { sort = 'newest', limit = 20, cursor, ...filters } = query;
  const offset = decodeOffset(cursor);
  // One more than wanted tells whether there is a next page.
  const values: unknown[] = [limit + 1, offset];
  const { key, joins, direction } = sortOf(sort);
  const text = `
    with page as (
      select c.id, ${key} as key
      from courses c ${joins}
      where c.status = 'published'${filterConditions(filters, PRICE, values)}
      order by key ${direction}, c.id ${direction}
      limit $1 offset $2
    )
    select ${CARD_COLUMNS} from page join courses c on c.id = page.id ${CARD_JOINS}
    order by page.key ${direction}, page.id ${direction}`;
  const rows = await rowsOf<CardRow>(db, text, values);
  return {
    items: rows.slice(0, limit).map(cardOf),
    nextCursor: rows.length > limit ? encodeCursor(offset + limit) : null,
  };
}
