import { Type } from '@sinclair/typebox';
import { CourseProgress, CourseStanding } from '@eduplatform/contracts/learning';
import { Uuid } from '@eduplatform/contracts/primitives';
import { userOf } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { personal } from '../answers/personal.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';
import { progressIn, standingOf } from './queries.ts';

const params = Type.Object({ courseId: Uuid });

export function progressRoutes(app: App, { direct, beginRead }: RouteDependencies): void {
  const progress = {
    ...personal.schema,
    tags: ['Learning'],
    summary: 'Show how far one is in a course, and why it is not complete',
    params,
    response: { 200: CourseProgress },
  };
  app.get('/v1/progress/courses/:courseId', { ...personal, schema: progress }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const answer = await progressIn(direct, read, userOf(request).sub, request.params.courseId);
    return sendAnswer(request, reply, { body: Buffer.from(JSON.stringify(answer)) }, 'reader');
  });

  const standing = {
    ...personal.schema,
    tags: ['Learning'],
    summary: 'Show how one stands to a course: owner, enrolled, favorite, progress, reviewed',
    params,
    response: { 200: CourseStanding },
  };
  app.get('/v1/courses/:courseId/standing', { ...personal, schema: standing }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const answer = await standingOf(direct, read, userOf(request).sub, request.params.courseId);
    return sendAnswer(request, reply, { body: Buffer.from(JSON.stringify(answer)) }, 'reader');
  });
}
