import { Type } from '@sinclair/typebox';
import { EnrollmentCount, EnrollmentPage, LearningCoursePage } from '@eduplatform/contracts/learning';
import { PageQuery } from '@eduplatform/contracts/pages';
import { Uuid } from '@eduplatform/contracts/primitives';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { userOf } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import { personal } from '../answers/personal.ts';
import { ReadHeaders } from '../answers/schemas.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';
import { enrollmentPage, learningPage } from './queries.ts';

const tags = ['Learning'];

export function enrollmentRoutes(app: App, { documents, direct, beginRead }: RouteDependencies): void {
  const enrollments = {
    ...personal.schema,
    tags,
    summary: 'List one’s enrollments',
    querystring: PageQuery,
    response: { 200: EnrollmentPage },
  };
  app.get('/v1/enrollments/me', { ...personal, schema: enrollments }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const body = await enrollmentPage(direct, read, userOf(request).sub, request.query);
    return sendAnswer(request, reply, { body }, 'reader');
  });

  const courses = {
    ...personal.schema,
    tags,
    summary: 'List the courses that one goes on with, by the last activity',
    querystring: PageQuery,
    response: { 200: LearningCoursePage },
  };
  app.get('/v1/me/courses', { ...personal, schema: courses }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const body = await learningPage(direct, read, userOf(request).sub, request.query);
    return sendAnswer(request, reply, { body }, 'reader');
  });

  const count = {
    tags,
    summary: 'Count the enrollments in a course',
    querystring: Type.Object({ courseId: Uuid }, { additionalProperties: false }),
    headers: ReadHeaders,
    response: { 200: EnrollmentCount },
  };
  app.get('/v1/enrollments/count', { schema: count }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const document = await documents.get(read, documentKeys.stats(request.query.courseId));
    if (!document) throw new ProblemError('course_not_found');
    return sendAnswer(request, reply, document, 'anyone');
  });
}
