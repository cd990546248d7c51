import { CategoryCommandResult, CreateCategoryBody, PatchCategoryBody } from '@eduplatform/contracts/http/categories';
import { Slug } from '@eduplatform/contracts/primitives';
import { requireRole } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { IdempotencyHeaders } from '../commands/preconditions.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { security } from '../courses/routes.ts';
import { changeCategory, createCategory, deleteCategory } from './commands.ts';

const CategoryParams = Type.Object({ slug: Slug });
const tags = ['admin'];
const admins = { onRequest: requireRole('admin') };

export function categoryRoutes(app: App, deps: CommandDeps): void {
  app.post(
    '/v1/admin/categories',
    {
      ...admins,
      schema: {
        tags,
        security,
        summary: 'Add a category',
        headers: IdempotencyHeaders,
        body: CreateCategoryBody,
        response: { 201: CategoryCommandResult },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return runCommand(deps, request, reply, (tx) => createCategory(tx, request.body));
    },
  );
  const schema = { tags, security, params: CategoryParams, response: { 200: CategoryCommandResult } };
  app.patch(
    '/v1/admin/categories/:slug',
    { ...admins, schema: { ...schema, summary: 'Change a category', body: PatchCategoryBody } },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx) => changeCategory(tx, request.params.slug, request.body)),
  );
  app.delete(
    '/v1/admin/categories/:slug',
    { ...admins, schema: { ...schema, summary: 'Delete a category that no course is in' } },
    async (request, reply) => runCommand(deps, request, reply, (tx) => deleteCategory(tx, request.params.slug)),
  );
}
