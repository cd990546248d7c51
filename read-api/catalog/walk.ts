import {
  DESCENDING_SORTS,
  parseCatalogMember,
  type CatalogMember,
  type CatalogSort,
} from '@eduplatform/contracts/catalog';
import type { DocumentStore } from '../read-model/document-store.ts';
import type { Read } from '../read-model/read.ts';
import { activeFilters, candidateLists, passes, type CatalogFilters } from './filters.ts';
import { boundBehind, placeOf } from './place.ts';

export interface Walk {
  filters: CatalogFilters;
  sort: CatalogSort;
  /** Place to go on behind; null: from the beginning. */
  from: string | null;
  /** Courses wanted. */
  limit: number;
  /** Members looked at, at most; a walk that ends there says where to go on. */
  maxScanned?: number;
  /** A further condition that the member's attributes cannot tell. */
  accepts?: (ids: string[]) => Promise<boolean[]>;
}

/** Where the lists are read from. */
export type CatalogLists = Pick<DocumentStore, 'range' | 'count'>;

export interface WalkedPage {
  ids: string[];
  /** Place to go on behind; null when there is no more. */
  next: string | null;
}

const MAX_SCANNED = 5000;
const MAX_CHUNK = 500;
/** Filters may match nothing: a small page must not mean many small steps, each of which waits for the one before. */
const MIN_FILTERED_CHUNK = 200;

/** Walks the shortest list that holds every match, applying the other filters to its members. */
export async function walkCatalog(store: CatalogLists, read: Read, walk: Walk): Promise<WalkedPage> {
  const { filters, sort, limit, maxScanned = MAX_SCANNED } = walk;
  const list = await shortest(store, read, candidateLists(filters, sort));
  const descending = DESCENDING_SORTS.has(sort);
  const isExact = activeFilters(filters).length <= 1 && !walk.accepts;
  const chunk = isExact ? limit + 1 : Math.min(MAX_CHUNK, Math.max(MIN_FILTERED_CHUNK, (limit + 1) * 4));
  const ids: string[] = [];
  let place = walk.from;
  for (let scanned = 0; scanned < maxScanned; scanned += chunk) {
    const from = place === null ? null : boundBehind(place, descending);
    const members = await store.range(read, { list, from, count: chunk, descending });
    const accepted = await select(members, walk);
    for (const [index, member] of members.entries()) {
      const id = accepted[index];
      if (id && ids.length === limit) return { ids, next: place };
      if (id) ids.push(id);
      place = placeOf(member);
    }
    if (members.length < chunk) return { ids, next: null };
  }
  return { ids, next: place };
}

/** Ids of the members that match, null in place of the others. */
async function select(members: string[], { filters, accepts }: Walk): Promise<(string | null)[]> {
  const parsed = members.map(parse).map((member) => (member && passes(member, filters) ? member.id : null));
  if (!accepts) return parsed;
  const ids = parsed.filter((id) => id !== null);
  const verdicts = await accepts(ids);
  const accepted = new Set(ids.filter((_id, index) => verdicts[index]));
  return parsed.map((id) => (id !== null && accepted.has(id) ? id : null));
}

function parse(member: string): CatalogMember | null {
  try {
    return parseCatalogMember(member);
  } catch (error) {
    // A member of another format is not ours to show; it must not take the whole list down.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

async function shortest(store: CatalogLists, read: Read, lists: [string, ...string[]]): Promise<string> {
  if (lists.length === 1) return lists[0];
  const lengths = await Promise.all(lists.map((list) => store.count(read, list)));
  return lists[lengths.indexOf(Math.min(...lengths))] ?? lists[0];
}
