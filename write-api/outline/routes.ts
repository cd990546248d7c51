import { CourseCommandResult, OutlineBody } from '@eduplatform/contracts/http/studio';
import type { App } from '@eduplatform/http-kit/server';
import { IfMatchHeaders, ifMatchOf } from '../commands/preconditions.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { CourseParams, security, teachers } from '../courses/routes.ts';
import { arrangeCourse } from './commands.ts';

export function outlineRoutes(app: App, deps: CommandDeps): void {
  app.put(
    '/v1/courses/:courseId/outline',
    {
      ...teachers,
      schema: {
        tags: ['courses'],
        security,
        summary: 'Put all modules and lessons into order',
        headers: IfMatchHeaders,
        params: CourseParams,
        body: OutlineBody,
        response: { 200: CourseCommandResult },
      },
    },
    async (request, reply) => {
      const version = ifMatchOf(request);
      return runCommand(deps, request, reply, (tx, context) =>
        arrangeCourse(tx, context, request.params.courseId, version, request.body),
      );
    },
  );
}
