import { Type } from '@sinclair/typebox';
import { OwnReview, ReviewPage, ReviewsQuery } from '@eduplatform/contracts/reviews';
import { Uuid } from '@eduplatform/contracts/primitives';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { userOf } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import { personal } from '../answers/personal.ts';
import { ReadHeaders } from '../answers/schemas.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';
import { reviewPage } from './queries.ts';

const tags = ['Reviews'];
const params = Type.Object({ courseId: Uuid });

export function reviewRoutes(app: App, { direct, beginRead }: RouteDependencies): void {
  const reviews = {
    tags,
    summary: 'List the reviews of a course with their average and histogram',
    params,
    querystring: ReviewsQuery,
    headers: ReadHeaders,
    response: { 200: ReviewPage },
  };
  app.get('/v1/reviews/course/:courseId', { schema: reviews }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const body = await reviewPage(direct, read, request.params.courseId, request.query);
    return sendAnswer(request, reply, { body }, 'anyone');
  });

  const own = {
    ...personal.schema,
    tags,
    summary: 'Show one’s own review of a course',
    params,
    response: { 200: OwnReview },
  };
  app.get('/v1/courses/:courseId/reviews/me', { ...personal, schema: own }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const key = documentKeys.ownReview(userOf(request).sub, request.params.courseId);
    const { bodies } = await direct.ask(read, { bodies: [key] });
    const [body] = bodies;
    if (!body) throw new ProblemError('review_not_found');
    return sendAnswer(request, reply, { body }, 'reader');
  });
}
