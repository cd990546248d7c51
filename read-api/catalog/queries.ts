import type { CatalogQuery } from '@eduplatform/contracts/catalog';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { decodeCursor, encodeCursor } from '../answers/cursor.ts';
import { pageBody } from '../answers/json.ts';
import { queryHash } from '../answers/query-hash.ts';
import type { DocumentStore } from '../read-model/document-store.ts';
import type { Read } from '../read-model/read.ts';
import { FILTERED, type CatalogFilters } from './filters.ts';
import { checkPlace } from './place.ts';
import { walkCatalog } from './walk.ts';

/** One page of the catalog: the stored bytes of its cards between the brackets of a page. Throws invalid_cursor. */
export async function catalogPage(store: DocumentStore, read: Read, query: CatalogQuery): Promise<Buffer> {
  const { sort = 'newest', limit = 20, cursor } = query;
  const filters = filtersOf(query);
  const hash = queryHash('catalog', sort, filters);
  const from = cursor === undefined ? null : checkPlace(decodeCursor(cursor, hash));
  const { ids, next } = await walkCatalog(store, read, { filters, sort, from, limit });
  return pageBody(await cards(store, read, ids), next === null ? null : encodeCursor(hash, next));
}

function filtersOf(query: CatalogQuery): CatalogFilters {
  return Object.fromEntries(
    FILTERED.flatMap((attribute) => (query[attribute] === undefined ? [] : [[attribute, [query[attribute]]]])),
  );
}

/** Stored bytes of the cards that are still there. */
export async function cards(store: DocumentStore, read: Read, ids: string[]): Promise<Buffer[]> {
  const documents = await Promise.all(ids.map((id) => store.get(read, documentKeys.card(id))));
  return documents.flatMap((document) => (document ? [document.body] : []));
}
