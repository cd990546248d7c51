import { idOfMember } from '@eduplatform/contracts/redis-keys';

/** How many of the latest notifications a stream looks at. */
export const WINDOW = 100;
/** The id of an event that stands before the first notification. */
export const BEFORE_ALL = 'none';

/** The latest members of a list as a stream last saw them. */
export interface Window {
  ids: ReadonlySet<string>;
  /** What is not greater was not in the window and is not new; null: the window held the whole list. */
  floor: string | null;
}

/** What came to a list: ids, the oldest first; null: more than the window shows, or nobody can tell. */
export type News = string[] | null;

export const windowOf = (members: readonly string[]): Window => ({
  ids: new Set(members.map(idOfMember)),
  floor: members.length < WINDOW ? null : (members.at(-1) ?? null),
});

/**
 * What is new in a list since it was seen. Compared with what was seen rather than with a place in the list, because
 * notifications arrive out of order; what moves up into the window when others are removed is not new.
 * @param members the latest, at most WINDOW, in descending order
 */
export function newsSince({ ids, floor }: Window, members: readonly string[]): News {
  const fresh = members.filter((member) => !ids.has(idOfMember(member)) && (floor === null || member > floor));
  if (fresh.length === WINDOW) return null;
  return fresh.map(idOfMember).reverse();
}

/** What came behind the notification that a reader saw last; nothing for one who has seen none. */
export function newsBehind(lastId: string | undefined, members: readonly string[]): News {
  if (lastId === undefined) return [];
  const ids = members.map(idOfMember);
  if (lastId === BEFORE_ALL && ids.length < WINDOW) return ids.reverse();
  const seen = ids.indexOf(lastId);
  return seen === -1 ? null : ids.slice(0, seen).reverse();
}
