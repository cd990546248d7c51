import { NoteBody, NoteResult } from '@eduplatform/contracts/http/learning';
import { Uuid } from '@eduplatform/contracts/primitives';
import { requireUser } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { security } from '../courses/routes.ts';
import { putNote } from './commands.ts';

export function noteRoutes(app: App, deps: CommandDeps): void {
  app.put(
    '/v1/lessons/:lessonId/notes/me',
    {
      onRequest: requireUser,
      schema: {
        tags: ['learning'],
        security,
        summary: 'Write your private note on a lesson; an empty text deletes it',
        params: Type.Object({ lessonId: Uuid }),
        body: NoteBody,
        response: { 200: NoteResult },
      },
    },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => putNote(tx, context, request.params.lessonId, request.body)),
  );
}
