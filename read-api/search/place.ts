import { invalidCursor } from '../answers/cursor.ts';
import { checkPlace } from '../catalog/place.ts';

/** How far search results can be paged through. */
export const MAX_OFFSET = 1000;

/** Where a search goes on: behind so many hits, or (degraded) behind a place in the catalog. */
export type SearchPlace = { offset: number } | { catalog: string };

export const formatSearchPlace = (place: SearchPlace): string =>
  'offset' in place ? `o${place.offset}` : `c${place.catalog}`;

/** The inverse of formatSearchPlace. Throws invalid_cursor. */
export function parseSearchPlace(text: string): SearchPlace {
  if (text.startsWith('c')) return { catalog: checkPlace(text.slice(1)) };
  const offset = /^o(\d{1,4})$/.exec(text)?.[1];
  if (offset === undefined || Number(offset) >= MAX_OFFSET) throw invalidCursor('it names no place');
  return { offset: Number(offset) };
}
