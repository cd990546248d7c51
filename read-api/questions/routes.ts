import { Type } from '@sinclair/typebox';
import { PageQuery } from '@eduplatform/contracts/pages';
import { QuestionPage } from '@eduplatform/contracts/questions';
import { Uuid } from '@eduplatform/contracts/primitives';
import type { App } from '@eduplatform/http-kit/server';
import { ReadHeaders } from '../answers/schemas.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';
import { questionPage } from './queries.ts';

export function questionRoutes(app: App, dependencies: RouteDependencies): void {
  const schema = {
    tags: ['Questions'],
    summary: 'List the questions on a lesson with their answers, for those who may open it',
    security: [{}, { bearer: [] }],
    params: Type.Object({ id: Uuid }),
    querystring: PageQuery,
    headers: ReadHeaders,
    response: { 200: QuestionPage },
  };
  app.get('/v1/lessons/:id/questions', { schema }, async (request, reply) => {
    const read = await dependencies.beginRead(request, reply, ['redis']);
    const body = await questionPage(dependencies, read, request.params.id, request.user, request.query);
    return sendAnswer(request, reply, { body }, 'reader');
  });
}
