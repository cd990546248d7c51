import { Type } from '@sinclair/typebox';
import { Lesson } from '@eduplatform/contracts/documents';
import { Uuid } from '@eduplatform/contracts/primitives';
import type { App } from '@eduplatform/http-kit/server';
import { ReadHeaders } from '../answers/schemas.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';
import { lessonDocument } from './queries.ts';

export function lessonRoutes(app: App, dependencies: RouteDependencies): void {
  const schema = {
    tags: ['Lessons'],
    summary: 'Show a lesson, locked for readers who may not open it',
    description:
      'Free lessons and previews are open to everyone, the others to who is enrolled in the course, to its owner and to admins. Everybody else gets 200 with `locked: true` and `html: null`.',
    security: [{}, { bearer: [] }],
    params: Type.Object({ id: Uuid }),
    headers: ReadHeaders,
    response: { 200: Lesson },
  };
  app.get('/v1/lessons/:id', { schema }, async (request, reply) => {
    const read = await dependencies.beginRead(request, reply, ['redis']);
    const document = await lessonDocument(dependencies, read, request.params.id, request.user);
    return sendAnswer(request, reply, document, 'strangers');
  });
}
