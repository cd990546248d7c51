import { Type } from '@sinclair/typebox';
import { PageQuery } from '@eduplatform/contracts/pages';
import { MyTaughtCoursePage, TeacherPage } from '@eduplatform/contracts/people';
import { Uuid } from '@eduplatform/contracts/primitives';
import { userOf } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { personal } from '../answers/personal.ts';
import { ReadHeaders } from '../answers/schemas.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';
import { taughtPage, teacherPage } from './queries.ts';

const tags = ['Teachers'];

export function teacherRoutes(app: App, { direct, beginRead }: RouteDependencies): void {
  const teacher = {
    tags,
    summary: 'Show the public profile of a teacher with the latest courses',
    params: Type.Object({ id: Uuid }),
    headers: ReadHeaders,
    response: { 200: TeacherPage },
  };
  app.get('/v1/teachers/:id', { schema: teacher }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const body = await teacherPage(direct, read, request.params.id);
    return sendAnswer(request, reply, { body }, 'anyone');
  });

  const taught = {
    ...personal.schema,
    tags,
    summary: 'List the published courses that one teaches, with the number of their students',
    querystring: PageQuery,
    response: { 200: MyTaughtCoursePage },
  };
  app.get('/v1/courses/my', { ...personal, schema: taught }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const body = await taughtPage(direct, read, userOf(request).sub, request.query);
    return sendAnswer(request, reply, { body }, 'reader');
  });
}
