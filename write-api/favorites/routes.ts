import { FavoriteResult } from '@eduplatform/contracts/http/learning';
import { requireUser } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { CourseParams, security } from '../courses/routes.ts';
import { addFavorite, removeFavorite } from './commands.ts';

export function favoriteRoutes(app: App, deps: CommandDeps): void {
  const onRequest = requireUser;
  const schema = { tags: ['learning'], security, params: CourseParams, response: { 200: FavoriteResult } };
  app.put(
    '/v1/favorites/:courseId',
    { onRequest, schema: { ...schema, summary: 'Put a course among your favorites' } },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => addFavorite(tx, context, request.params.courseId)),
  );
  app.delete(
    '/v1/favorites/:courseId',
    { onRequest, schema: { ...schema, summary: 'Take a course from your favorites' } },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => removeFavorite(tx, context, request.params.courseId)),
  );
}
