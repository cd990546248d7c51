import { CourseCommandResult, CreateLessonBody, PatchLessonBody } from '@eduplatform/contracts/http/studio';
import { Uuid } from '@eduplatform/contracts/primitives';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { IdempotencyHeaders, IfMatchHeaders, ifMatchOf } from '../commands/preconditions.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { security, teachers } from '../courses/routes.ts';
import { ModuleParams } from '../modules/routes.ts';
import { addLesson, changeLesson, deleteLesson } from './commands.ts';

const LessonParams = Type.Object({ lessonId: Uuid });
const tags = ['lessons'];

export function lessonRoutes(app: App, deps: CommandDeps): void {
  app.post(
    '/v1/modules/:moduleId/lessons',
    {
      ...teachers,
      schema: {
        tags,
        security,
        summary: 'Add a lesson at the end of a module',
        headers: Type.Composite([IfMatchHeaders, IdempotencyHeaders]),
        params: ModuleParams,
        body: CreateLessonBody,
        response: { 201: CourseCommandResult },
      },
    },
    async (request, reply) => {
      const version = ifMatchOf(request);
      reply.code(201);
      return runCommand(deps, request, reply, (tx, context) =>
        addLesson(tx, context, request.params.moduleId, version, request.body),
      );
    },
  );
  const schema = {
    tags,
    security,
    headers: IfMatchHeaders,
    params: LessonParams,
    response: { 200: CourseCommandResult },
  };
  app.patch(
    '/v1/lessons/:lessonId',
    { ...teachers, schema: { ...schema, summary: 'Change fields of a lesson', body: PatchLessonBody } },
    async (request, reply) => {
      const version = ifMatchOf(request);
      return runCommand(deps, request, reply, (tx, context) =>
        changeLesson(tx, context, request.params.lessonId, version, request.body),
      );
    },
  );
  app.delete(
    '/v1/lessons/:lessonId',
    { ...teachers, schema: { ...schema, summary: 'Delete a lesson' } },
    async (request, reply) => {
      const version = ifMatchOf(request);
      return runCommand(deps, request, reply, (tx, context) =>
        deleteLesson(tx, context, request.params.lessonId, version),
      );
    },
  );
}
