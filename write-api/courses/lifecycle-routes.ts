import { CourseCommandResult } from '@eduplatform/contracts/http/studio';
import { Uuid } from '@eduplatform/contracts/primitives';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { IfMatchHeaders, ifMatchOf } from '../commands/preconditions.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { setArchived } from './archive-commands.ts';
import { deleteCourse } from './delete-command.ts';
import { restoreRevision } from './restore-command.ts';
import { CourseParams, security, teachers } from './routes.ts';

export const RevisionParams = Type.Object({
  courseId: Uuid,
  revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
});

/** Archive, restore and delete. */
export function lifecycleRoutes(app: App, deps: CommandDeps): void {
  const schema = { tags: ['courses'], security, headers: IfMatchHeaders, response: { 200: CourseCommandResult } };
  for (const [word, isArchived, summary] of [
    ['archive', true, 'Take the course out of the catalog and close it for new students'],
    ['unarchive', false, 'Take the course back into the catalog'],
  ] as const) {
    app.post(
      `/v1/courses/:courseId/${word}`,
      { ...teachers, schema: { ...schema, params: CourseParams, summary } },
      async (request, reply) => {
        const version = ifMatchOf(request);
        return runCommand(deps, request, reply, (tx, context) =>
          setArchived(tx, context, request.params.courseId, version, isArchived),
        );
      },
    );
  }
  app.post(
    '/v1/courses/:courseId/revisions/:revision/restore',
    {
      ...teachers,
      schema: { ...schema, params: RevisionParams, summary: 'Make the draft what a revision was; readers see nothing' },
    },
    async (request, reply) => {
      const version = ifMatchOf(request);
      const { courseId, revision } = request.params;
      return runCommand(deps, request, reply, (tx, context) =>
        restoreRevision(tx, context, courseId, version, revision),
      );
    },
  );
  app.delete(
    '/v1/courses/:courseId',
    {
      ...teachers,
      schema: { ...schema, params: CourseParams, summary: 'Delete a course that nobody ever enrolled in or paid for' },
    },
    async (request, reply) => {
      const version = ifMatchOf(request);
      return runCommand(deps, request, reply, (tx, context) =>
        deleteCourse(tx, context, request.params.courseId, version),
      );
    },
  );
}
