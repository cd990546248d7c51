import { Type } from '@sinclair/typebox';
import { Note } from '@eduplatform/contracts/learning';
import { Uuid } from '@eduplatform/contracts/primitives';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { userOf } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import { personal } from '../answers/personal.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';

export function noteRoutes(app: App, { direct, beginRead }: RouteDependencies): void {
  const schema = {
    ...personal.schema,
    tags: ['Notes'],
    summary: 'Show one’s private note on a lesson',
    description: 'A note stays readable when the course is no longer open to its author. Version 0: there is none yet.',
    params: Type.Object({ id: Uuid }),
    response: { 200: Note },
  };
  app.get('/v1/lessons/:id/notes/me', { ...personal, schema }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const { id } = request.params;
    const { bodies, exists } = await direct.ask(read, {
      bodies: [documentKeys.note(userOf(request).sub, id)],
      exists: [documentKeys.lessonLocked(id)],
    });
    const [note] = bodies;
    if (!note && !exists[0]) throw new ProblemError('lesson_not_found');
    return sendAnswer(request, reply, { body: note ?? noNote(id) }, 'reader');
  });
}

function noNote(lessonId: string): Buffer {
  const none: Note = { lessonId, text: '', version: 0, updatedAt: null };
  return Buffer.from(JSON.stringify(none));
}
