import {
  CourseCommandResult,
  CreateCourseBody,
  PatchCourseBody,
  PublishResult,
  PutCourseBody,
} from '@eduplatform/contracts/http/studio';
import { Uuid } from '@eduplatform/contracts/primitives';
import { requireUser } from '@eduplatform/http-kit/auth';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { actorOf } from '../commands/actor.ts';
import { IdempotencyHeaders, IfMatchHeaders, ifMatchOf } from '../commands/preconditions.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { changeCourse, createCourse } from './commands.ts';
import { assertMayTeach } from './course.ts';
import { publishCourse, unpublishCourse } from './publish-commands.ts';
import { renderBeforehand } from './render-draft.ts';

export const CourseParams = Type.Object({ courseId: Uuid });
export const security = [{ bearer: [] }];
/**
 * Checked before the body is read: what a stranger sends costs nothing. Whether they may teach is judged by what they are
 * now, inside: who has just become a teacher still has a student's token.
 */
export const teachers = { onRequest: requireUser };
const tags = ['courses'];

export function courseRoutes(app: App, deps: CommandDeps): void {
  app.post(
    '/v1/courses',
    {
      ...teachers,
      schema: {
        tags,
        security,
        summary: 'Create a draft course',
        headers: IdempotencyHeaders,
        body: CreateCourseBody,
        response: { 201: CourseCommandResult },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return runCommand(deps, request, reply, (tx, context) => createCourse(tx, context, request.body));
    },
  );
  app.patch(
    '/v1/courses/:courseId',
    {
      ...teachers,
      schema: {
        tags,
        security,
        summary: 'Change fields of a draft',
        headers: IfMatchHeaders,
        params: CourseParams,
        body: PatchCourseBody,
        response: { 200: CourseCommandResult },
      },
    },
    async (request, reply) => {
      const version = ifMatchOf(request);
      return runCommand(deps, request, reply, (tx, context) =>
        changeCourse(tx, context, request.params.courseId, version, request.body),
      );
    },
  );
  app.put(
    '/v1/courses/:courseId',
    {
      ...teachers,
      schema: {
        tags,
        security,
        summary: 'Replace all fields of a draft; its modules stay',
        headers: IfMatchHeaders,
        params: CourseParams,
        body: PutCourseBody,
        response: { 200: CourseCommandResult },
      },
    },
    async (request, reply) => {
      const version = ifMatchOf(request);
      return runCommand(deps, request, reply, (tx, context) =>
        changeCourse(tx, context, request.params.courseId, version, request.body),
      );
    },
  );
  publishRoutes(app, deps);
}

function publishRoutes(app: App, deps: CommandDeps): void {
  const schema = { tags, security, headers: IfMatchHeaders, params: CourseParams, response: { 200: PublishResult } };
  app.post(
    '/v1/courses/:courseId/publish',
    { ...teachers, schema: { ...schema, summary: 'Show the draft to readers as a new revision' } },
    async (request, reply) => {
      const version = ifMatchOf(request);
      assertMayTeach(await actorOf(deps.pool, request));
      await renderBeforehand(deps.pool, request.params.courseId);
      return runCommand(deps, request, reply, (tx, context) =>
        publishCourse(tx, context, request.params.courseId, version),
      );
    },
  );
  app.post(
    '/v1/courses/:courseId/unpublish',
    {
      ...teachers,
      schema: { ...schema, response: { 200: CourseCommandResult }, summary: 'Hide the course from readers' },
    },
    async (request, reply) => {
      const version = ifMatchOf(request);
      return runCommand(deps, request, reply, (tx, context) =>
        unpublishCourse(tx, context, request.params.courseId, version),
      );
    },
  );
}
