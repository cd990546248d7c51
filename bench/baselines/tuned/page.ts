import { encodeCursor } from '../answers/cursor.ts';

/**
 * A page of items that are JSON already, as JSON.
 * @param rows one more than wanted when there is a next page
 * @param placeOf where to go on from behind a row
 */
export function pageOf<T extends { body: string }>(
  rows: readonly T[],
  limit: number,
  placeOf: (row: T) => unknown,
): string {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last ? encodeCursor(placeOf(last)) : null;
  return `{"items":[${items.map(({ body }) => body).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`;
}
