import { CategoryList } from '@eduplatform/contracts/documents';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { App } from '@eduplatform/http-kit/server';
import { ReadHeaders } from '../answers/schemas.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';
import { building } from '../read-model/problems.ts';

export function categoryRoutes(app: App, { documents, beginRead }: RouteDependencies): void {
  const schema = {
    tags: ['Catalog'],
    summary: 'List the categories with the number of their published courses',
    headers: ReadHeaders,
    response: { 200: CategoryList },
  };
  app.get('/v1/categories', { schema }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const document = await documents.get(read, documentKeys.categories());
    // A finished read model always has this document.
    if (!document) throw building();
    return sendAnswer(request, reply, document, 'anyone');
  });
}
