import { unsupported } from '../errors.ts';
import { respondToSearch } from '../search/respond.ts';
import { parseSearchQuery } from '../search/search-query.ts';
import { multiSearch } from './multi-search.ts';
import { indexParam, ok, type Route } from './route.ts';

const refused = (path: string, what: string): Route => ({
  method: 'POST',
  path,
  action: 'search',
  handle: () => {
    throw unsupported('feature_not_enabled', what);
  },
});

export const searchRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/indexes/:indexUid/search',
    action: 'search',
    handle: (context) => {
      const query = parseSearchQuery(context.body.json());
      return ok(respondToSearch(context.engine.indexes.require(indexParam(context)), query));
    },
  },
  { method: 'POST', path: '/multi-search', action: 'search', handle: (context) => ok(multiSearch(context)) },
  refused('/indexes/:indexUid/facet-search', 'Facet search'),
  refused('/indexes/:indexUid/similar', 'Search for similar documents'),
];
