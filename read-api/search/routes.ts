import { SearchPage, SearchQuery } from '@eduplatform/contracts/search';
import type { App } from '@eduplatform/http-kit/server';
import { ReadHeaders } from '../answers/schemas.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';
import type { SearchEngine } from './engine.ts';
import { createHighlightTags } from './highlight.ts';
import { searchPage } from './queries.ts';

export function searchRoutes(app: App, dependencies: RouteDependencies, engine: SearchEngine): void {
  const { documents, direct, beginRead } = dependencies;
  const search = { documents, direct, engine, tags: createHighlightTags() };
  const schema = {
    tags: ['Search'],
    summary: 'Search courses and the text of lessons',
    description:
      'Without `q` it browses the courses. With `q`, lessons are found by their text too, except under a sort by price. Facets count courses that match by themselves, not those of which only a lesson does. Results can be paged to the 1,000th. While the search engine is away, catalog lists answer: `degraded: true`, without lessons and facets.',
    security: [{}, { bearer: [] }],
    querystring: SearchQuery,
    headers: ReadHeaders,
    response: { 200: SearchPage },
  };
  const config = { rateClass: 'search' } as const;
  app.get('/v1/search', { schema, config }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis', 'search']);
    const page = await searchPage(search, read, request.query, request.user);
    return sendAnswer(request, reply, { body: Buffer.from(JSON.stringify(page)) }, 'reader');
  });
}
