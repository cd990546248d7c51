import { Type } from '@sinclair/typebox';
import type { FastifyReply } from 'fastify';
import { CatalogQuery, CoursePage } from '@eduplatform/contracts/catalog';
import { Course, Curriculum, Lesson } from '@eduplatform/contracts/documents';
import { LearningCoursePage } from '@eduplatform/contracts/learning';
import { PageQuery } from '@eduplatform/contracts/pages';
import { Slug, Uuid } from '@eduplatform/contracts/primitives';
import type { ProblemCode } from '@eduplatform/contracts/problems';
import { SearchPage, SearchQuery } from '@eduplatform/contracts/search';
import { requireUser, userOf } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import type { Reads } from './reads.ts';

const courseParams = Type.Object({ idOrSlug: Type.Union([Uuid, Slug]) });

/** The routes of a baseline: paths, parameters and answers are those of the read API. */
export function baselineRoutes(app: App, reads: Reads): void {
  const course = { params: courseParams, response: { 200: Course } };
  app.get('/v1/courses/:idOrSlug', { schema: course }, async (request, reply) =>
    answer(reply, await reads.course(request.params.idOrSlug), 'course_not_found'),
  );

  const curriculum = { params: courseParams, response: { 200: Curriculum } };
  app.get('/v1/courses/:idOrSlug/curriculum', { schema: curriculum }, async (request, reply) =>
    answer(reply, await reads.curriculum(request.params.idOrSlug), 'course_not_found'),
  );

  const lesson = { params: Type.Object({ id: Uuid }), response: { 200: Lesson } };
  app.get('/v1/lessons/:id', { schema: lesson }, async (request, reply) =>
    answer(reply, await reads.lesson(request.params.id, request.user), 'lesson_not_found'),
  );

  const catalog = { querystring: CatalogQuery, response: { 200: CoursePage } };
  app.get('/v1/courses', { schema: catalog }, async (request, reply) =>
    answer(reply, await reads.catalog(request.query)),
  );

  const search = { querystring: SearchQuery, response: { 200: SearchPage } };
  app.get('/v1/search', { schema: search, config: { rateClass: 'search' } }, async (request, reply) =>
    answer(reply, await reads.search(request.query, request.user)),
  );

  const learning = { querystring: PageQuery, response: { 200: LearningCoursePage } };
  app.get('/v1/me/courses', { schema: learning, onRequest: requireUser }, async (request, reply) =>
    answer(reply, await reads.learning(userOf(request).sub, request.query)),
  );
}

/** Text is sent as it is; anything else goes through the serializer of the route's schema. */
function answer<T extends object>(reply: FastifyReply, body: T | string | null, missing: ProblemCode = 'not_found'): T {
  if (body === null) throw new ProblemError(missing);
  if (typeof body !== 'string') return body;
  return reply.type('application/json; charset=utf-8').send(body) as never;
}
