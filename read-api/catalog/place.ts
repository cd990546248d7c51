import { isUuid } from '@eduplatform/contracts/primitives';
import { invalidCursor } from '../answers/cursor.ts';

const SEPARATOR = '\u0001';
const AFTER_SEPARATOR = '\u0002';

/** A place in a list: the sort key and the id of a member. Its attributes may change meanwhile. */
export function placeOf(member: string): string {
  const [sortKey = '', id = ''] = member.split(SEPARATOR);
  return sortKey + SEPARATOR + id;
}

/** Checks a place that came from outside. Throws invalid_cursor. */
export function checkPlace(place: string): string {
  const [, id, ...rest] = place.split(SEPARATOR);
  if (id === undefined || rest.length > 0 || !isUuid(id)) throw invalidCursor('it names no place');
  return place;
}

/** The exclusive bound to go on from behind a place: past everything that begins with it, in the list's direction. */
export const boundBehind = (place: string, descending: boolean): string =>
  descending ? place + SEPARATOR : place + AFTER_SEPARATOR;
