import { CourseCommandResult, CreateModuleBody, PatchModuleBody } from '@eduplatform/contracts/http/studio';
import { Uuid } from '@eduplatform/contracts/primitives';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { IdempotencyHeaders, IfMatchHeaders, ifMatchOf } from '../commands/preconditions.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { CourseParams, security, teachers } from '../courses/routes.ts';
import { addModule, deleteModule, renameModule } from './commands.ts';

export const ModuleParams = Type.Object({ moduleId: Uuid });
const tags = ['modules'];

export function moduleRoutes(app: App, deps: CommandDeps): void {
  app.post(
    '/v1/courses/:courseId/modules',
    {
      ...teachers,
      schema: {
        tags,
        security,
        summary: 'Add a module at the end',
        headers: Type.Composite([IfMatchHeaders, IdempotencyHeaders]),
        params: CourseParams,
        body: CreateModuleBody,
        response: { 201: CourseCommandResult },
      },
    },
    async (request, reply) => {
      const version = ifMatchOf(request);
      reply.code(201);
      return runCommand(deps, request, reply, (tx, context) =>
        addModule(tx, context, request.params.courseId, version, request.body),
      );
    },
  );
  const schema = {
    tags,
    security,
    headers: IfMatchHeaders,
    params: ModuleParams,
    response: { 200: CourseCommandResult },
  };
  app.patch(
    '/v1/modules/:moduleId',
    { ...teachers, schema: { ...schema, summary: 'Rename a module', body: PatchModuleBody } },
    async (request, reply) => {
      const version = ifMatchOf(request);
      return runCommand(deps, request, reply, (tx, context) =>
        renameModule(tx, context, request.params.moduleId, version, request.body),
      );
    },
  );
  app.delete(
    '/v1/modules/:moduleId',
    { ...teachers, schema: { ...schema, summary: 'Delete a module with its lessons' } },
    async (request, reply) => {
      const version = ifMatchOf(request);
      return runCommand(deps, request, reply, (tx, context) =>
        deleteModule(tx, context, request.params.moduleId, version),
      );
    },
  );
}
