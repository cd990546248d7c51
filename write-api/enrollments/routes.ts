import { EnrollBody, EnrollmentResult } from '@eduplatform/contracts/http/learning';
import { Problem } from '@eduplatform/contracts/problems';
import { requireUser } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { IdempotencyHeaders } from '../commands/preconditions.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { security } from '../courses/routes.ts';
import { enrollInFreeCourse } from './commands.ts';

export function enrollmentRoutes(app: App, deps: CommandDeps): void {
  app.post(
    '/v1/enrollments',
    {
      onRequest: requireUser,
      schema: {
        tags: ['learning'],
        security,
        summary: 'Enroll in a free course',
        headers: IdempotencyHeaders,
        body: EnrollBody,
        response: {
          201: EnrollmentResult,
          402: {
            description: 'The course has a price: buy it instead',
            content: { 'application/problem+json': { schema: Problem } },
          },
        },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return runCommand(deps, request, reply, (tx, context) => enrollInFreeCourse(tx, context, request.body.courseId));
    },
  );
}
