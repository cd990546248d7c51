import { CatalogQuery, CoursePage } from '@eduplatform/contracts/catalog';
import type { App } from '@eduplatform/http-kit/server';
import { ReadHeaders } from '../answers/schemas.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';
import { catalogPage } from './queries.ts';

export function catalogRoutes(app: App, { documents, beginRead }: RouteDependencies): void {
  const schema = {
    tags: ['Catalog'],
    summary: 'List published courses',
    querystring: CatalogQuery,
    headers: ReadHeaders,
    response: { 200: CoursePage },
  };
  app.get('/v1/courses', { schema }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const body = await catalogPage(documents, read, request.query);
    return sendAnswer(request, reply, { body }, 'anyone');
  });
}
