import { CategoryCommandResult, CreateCategoryBody, PatchCategoryBody } from '@eduplatform/contracts/http/categories';
import { Slug } from '@eduplatform/contracts/primitives';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { IdempotencyHeaders } from '../commands/preconditions.ts';
import { admins, runAdminCommand } from '../admin/run.ts';
import type { CommandDeps } from '../commands/run.ts';
import { security } from '../courses/routes.ts';
import { changeCategory, createCategory, deleteCategory } from './commands.ts';

const CategoryParams = Type.Object({ slug: Slug });
const tags = ['admin'];

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
      return runAdminCommand(deps, request, reply, (tx, { actor }) => createCategory(tx, actor, request.body));
    },
  );
  const schema = { tags, security, params: CategoryParams, response: { 200: CategoryCommandResult } };
  app.patch(
    '/v1/admin/categories/:slug',
    { ...admins, schema: { ...schema, summary: 'Change a category', body: PatchCategoryBody } },
    async (request, reply) =>
      runAdminCommand(deps, request, reply, (tx, { actor }) =>
        changeCategory(tx, actor, request.params.slug, request.body),
      ),
  );
  app.delete(
    '/v1/admin/categories/:slug',
    { ...admins, schema: { ...schema, summary: 'Delete a category that no course is in' } },
    async (request, reply) =>
      runAdminCommand(deps, request, reply, (tx, { actor }) => deleteCategory(tx, actor, request.params.slug)),
  );
}
