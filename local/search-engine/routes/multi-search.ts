import { MeiliError } from '../errors.ts';
import type { SearchIndex } from '../index/search-index.ts';
import type { JsonObject } from '../json.ts';
import { invalidKey } from '../keys/access.ts';
import { federatedSearch } from '../search/federated.ts';
import { readFederation, type FederatedQuery } from '../search/federation.ts';
import { inQuery } from '../search/in-index.ts';
import { respondToSearch } from '../search/respond.ts';
import { SEARCH_FIELDS, searchQuery } from '../search/search-query.ts';
import { anything, array, field, nullable, readFields, string } from '../validate/read.ts';
import { indexUid, type RouteContext } from './route.ts';

const QUERY_FIELDS = {
  ...SEARCH_FIELDS,
  indexUid: field(string, 'invalid_index_uid'),
  federationOptions: field(nullable(anything), 'invalid_multi_search_federation_options'),
};

function readQuery(value: unknown, path: string): Omit<FederatedQuery, 'index'> & { uid: string } {
  const { indexUid: uid, federationOptions, ...fields } = readFields(value, QUERY_FIELDS, path);
  if (uid === undefined) throw new MeiliError('missing_index_uid', `Missing field \`indexUid\` inside \`${path}\``);
  return {
    uid: indexUid(uid),
    query: searchQuery(fields),
    given: new Set(Object.keys(fields)),
    options: federationOptions ?? null,
  };
}

function findIndex({ engine, access }: RouteContext, uid: string): SearchIndex {
  if (!access.allows('search', uid)) throw invalidKey();
  return engine.indexes.require(uid);
}

/** `POST /multi-search`: several searches side by side, or merged into one list when `federation` is given. */
export function multiSearch(context: RouteContext): JsonObject {
  const { queries, federation } = readFields(context.body.json(), {
    queries: field(array(readQuery), 'bad_request'),
    federation: field(nullable(anything), 'invalid_multi_search_federation'),
  });
  if (queries === undefined) throw new MeiliError('bad_request', 'Missing field `queries`');
  const found = queries.map(({ uid, ...query }, at) => ({
    ...query,
    index: inQuery(at, () => findIndex(context, uid)),
  }));
  if (federation !== undefined && federation !== null) return federatedSearch(found, readFederation(federation));
  const results = found.map(({ index, query, options }, at) =>
    inQuery(at, () => {
      if (options !== null) {
        throw new MeiliError(
          'invalid_multi_search_federation_options',
          'Using `federationOptions` is not allowed in a non-federated search.\n - Hint: remove `federationOptions` from the query or add `federation` to the request.',
        );
      }
      return { indexUid: index.uid, ...respondToSearch(index, query) };
    }),
  );
  return { results };
}
