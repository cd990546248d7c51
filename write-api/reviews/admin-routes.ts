import { AdminReviewList, HideBody, ReviewResult } from '@eduplatform/contracts/http/learning';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { admins, runAdminCommand } from '../admin/run.ts';
import { actorOf, assertAdmin } from '../commands/actor.ts';
import type { CommandDeps } from '../commands/run.ts';
import { security } from '../courses/routes.ts';
import { hideReview, restoreReview } from './moderation.ts';
import { listReviews } from './queries.ts';
import { ReviewParams } from './routes.ts';

const ListQuery = Type.Object(
  {
    reported: Type.Optional(Type.Boolean()),
    hidden: Type.Optional(Type.Boolean()),
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    cursor: Type.Optional(Type.String({ maxLength: 400 })),
  },
  { additionalProperties: false },
);
const tags = ['admin'];

export function adminReviewRoutes(app: App, deps: CommandDeps): void {
  app.get(
    '/v1/admin/reviews',
    {
      ...admins,
      schema: {
        tags,
        security,
        summary: 'Reviews, also reported and hidden ones',
        querystring: ListQuery,
        response: { 200: AdminReviewList },
      },
    },
    async (request, reply) => {
      assertAdmin(await actorOf(deps.pool, request));
      reply.header('cache-control', 'no-store');
      return listReviews(deps.pool, request.query);
    },
  );
  const schema = { tags, security, params: ReviewParams, response: { 200: ReviewResult } };
  app.post(
    '/v1/admin/reviews/:reviewId/hide',
    { ...admins, schema: { ...schema, summary: 'Hide a review, with a reason for its author', body: HideBody } },
    async (request, reply) =>
      runAdminCommand(deps, request, reply, (tx, context) =>
        hideReview(tx, context, request.params.reviewId, request.body.reason),
      ),
  );
  app.post(
    '/v1/admin/reviews/:reviewId/restore',
    { ...admins, schema: { ...schema, summary: 'Show a review again, or settle its reports' } },
    async (request, reply) =>
      runAdminCommand(deps, request, reply, (tx, context) => restoreReview(tx, context, request.params.reviewId)),
  );
}
