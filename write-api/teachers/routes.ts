import { TeacherApplicationBody, TeacherApplicationResult } from '@eduplatform/contracts/http/admin';
import { requireUser } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { IdempotencyHeaders } from '../commands/preconditions.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { applyAsTeacher } from './commands.ts';

export function teacherRoutes(app: App, deps: CommandDeps): void {
  app.post(
    '/v1/teacher-applications',
    {
      onRequest: requireUser,
      schema: {
        tags: ['teachers'],
        security: [{ bearer: [] }],
        summary: 'Apply as a teacher',
        description: 'You may draft courses at once, and publish them when an admin has verified you.',
        headers: IdempotencyHeaders,
        body: TeacherApplicationBody,
        response: { 201: TeacherApplicationResult },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return runCommand(deps, request, reply, (tx, context) => applyAsTeacher(tx, context, request.body));
    },
  );
}
