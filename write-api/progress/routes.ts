import { PositionBody, PositionResult, ProgressResult } from '@eduplatform/contracts/http/learning';
import { Uuid } from '@eduplatform/contracts/primitives';
import { requireUser } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { security } from '../courses/routes.ts';
import { setLessonDone, setPosition } from './commands.ts';

export function progressRoutes(app: App, deps: CommandDeps): void {
  const onRequest = requireUser;
  const schema = { tags: ['learning'], security, params: Type.Object({ lessonId: Uuid }) };
  const marks = { ...schema, response: { 200: ProgressResult } };
  app.post(
    '/v1/progress/lessons/:lessonId/complete',
    { onRequest, schema: { ...marks, summary: 'Mark a lesson as done; with the last one the course is completed' } },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => setLessonDone(tx, context, request.params.lessonId, true)),
  );
  app.delete(
    '/v1/progress/lessons/:lessonId/complete',
    { onRequest, schema: { ...marks, summary: 'Take the mark of a lesson back; a completion stays' } },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => setLessonDone(tx, context, request.params.lessonId, false)),
  );
  app.put(
    '/v1/progress/lessons/:lessonId/position',
    {
      onRequest,
      schema: {
        ...schema,
        summary: 'Remember the place in a lesson’s video',
        body: PositionBody,
        response: { 200: PositionResult },
      },
    },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) =>
        setPosition(tx, context, request.params.lessonId, request.body.seconds),
      ),
  );
}
