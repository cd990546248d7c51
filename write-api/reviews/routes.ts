import {
  CreateReviewBody,
  PutReviewBody,
  ReplyBody,
  ReportBody,
  ReviewResult,
} from '@eduplatform/contracts/http/learning';
import { Uuid } from '@eduplatform/contracts/primitives';
import { requireUser } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { IdempotencyHeaders } from '../commands/preconditions.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { CourseParams, security } from '../courses/routes.ts';
import { createReview, deleteReview, putReview } from './commands.ts';
import { replyToReview, reportReview } from './responses.ts';

export const ReviewParams = Type.Object({ reviewId: Uuid });
const onRequest = requireUser;
const common = { tags: ['reviews'], security };

export function reviewRoutes(app: App, deps: CommandDeps): void {
  app.post(
    '/v1/reviews',
    {
      onRequest,
      schema: {
        ...common,
        summary: 'Review a course that you are enrolled in',
        headers: IdempotencyHeaders,
        body: CreateReviewBody,
        response: { 201: ReviewResult },
      },
    },
    async (request, reply) => {
      const { courseId, ...words } = request.body;
      reply.code(201);
      return runCommand(deps, request, reply, (tx, context) => createReview(tx, context, courseId, words));
    },
  );
  const schema = { ...common, params: CourseParams };
  app.put(
    '/v1/courses/:courseId/reviews/me',
    {
      onRequest,
      schema: {
        ...schema,
        summary: 'Write your review of a course, or replace it',
        body: PutReviewBody,
        response: { 200: ReviewResult, 201: ReviewResult },
      },
    },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => putReview(tx, context, request.params.courseId, request.body)),
  );
  app.delete(
    '/v1/courses/:courseId/reviews/me',
    { onRequest, schema: { ...schema, summary: 'Delete your review of a course', response: { 200: ReviewResult } } },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) => deleteReview(tx, context, request.params.courseId)),
  );
  responseRoutes(app, deps);
}

function responseRoutes(app: App, deps: CommandDeps): void {
  const schema = { ...common, params: ReviewParams, response: { 200: ReviewResult } };
  app.post(
    '/v1/reviews/:reviewId/reply',
    { onRequest, schema: { ...schema, summary: 'Reply to a review of your course', body: ReplyBody } },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) =>
        replyToReview(tx, context, request.params.reviewId, request.body.text),
      ),
  );
  app.post(
    '/v1/reviews/:reviewId/report',
    { onRequest, schema: { ...schema, summary: 'Ask the admins to look at a review', body: ReportBody } },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) =>
        reportReview(tx, context, request.params.reviewId, request.body.reason),
      ),
  );
}
