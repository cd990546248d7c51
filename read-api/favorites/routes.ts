import { FavoritePage } from '@eduplatform/contracts/learning';
import { PageQuery } from '@eduplatform/contracts/pages';
import { documentKeys, lists } from '@eduplatform/contracts/redis-keys';
import { userOf } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { pageBody, withMembers } from '../answers/json.ts';
import { listPage } from '../answers/list-page.ts';
import { personal } from '../answers/personal.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';

export function favoriteRoutes(app: App, { direct, beginRead }: RouteDependencies): void {
  const schema = {
    ...personal.schema,
    tags: ['Favorites'],
    summary: 'List one’s favorite courses, the latest first',
    querystring: PageQuery,
    response: { 200: FavoritePage },
  };
  app.get('/v1/favorites/me', { ...personal, schema }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const { sub } = userOf(request);
    const prefixes = [documentKeys.favorite(sub, ''), documentKeys.card('')];
    const { rows, nextCursor } = await listPage(direct, read, { list: lists.favorites(sub), prefixes }, request.query);
    const items = rows.flatMap(({ bodies: [favorite, card = null] }) =>
      favorite ? [withMembers(favorite, { course: card })] : [],
    );
    return sendAnswer(request, reply, { body: pageBody(items, nextCursor) }, 'reader');
  });
}
