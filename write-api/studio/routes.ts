import type pg from 'pg';
import { Preview, PreviewBody, StudioCourse, StudioCourseList } from '@eduplatform/contracts/http/studio';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { actorOf } from '../commands/actor.ts';
import { assertMayTeach } from '../courses/course.ts';
import { CourseParams, security, teachers } from '../courses/routes.ts';
import { assertMarkdown } from '../markdown/refuse.ts';
import { renderCached } from '../markdown/render-cache.ts';
import { listCourses } from './course-list.ts';
import { studioCourseRoutes } from './course-routes.ts';
import { loadStudioCourse } from './queries.ts';

const ListQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    cursor: Type.Optional(Type.String({ maxLength: 400 })),
  },
  { additionalProperties: false },
);
const tags = ['studio'];

export function studioRoutes(app: App, { pool }: { pool: pg.Pool }): void {
  app.addHook('onSend', async (request, reply) => {
    if (request.routeOptions.url?.startsWith('/v1/studio')) reply.header('cache-control', 'no-store');
  });
  app.get(
    '/v1/studio/courses',
    {
      ...teachers,
      schema: {
        tags,
        security,
        summary: 'Courses to edit',
        querystring: ListQuery,
        response: { 200: StudioCourseList },
      },
    },
    async (request) => listCourses(pool, await actorOf(pool, request), request.query),
  );
  app.get(
    '/v1/studio/courses/:courseId',
    {
      ...teachers,
      schema: { tags, security, summary: 'A whole draft', params: CourseParams, response: { 200: StudioCourse } },
    },
    async (request, reply) => {
      const course = await loadStudioCourse(pool, await actorOf(pool, request), request.params.courseId);
      reply.header('etag', `"${course.version}"`);
      return course;
    },
  );
  studioCourseRoutes(app, { pool });
  app.post(
    '/v1/studio/preview',
    {
      ...teachers,
      config: { rateClass: 'expensive' },
      schema: {
        tags,
        security,
        summary: 'Render Markdown as publishing does',
        body: PreviewBody,
        response: { 200: Preview },
      },
    },
    async (request) => {
      assertMayTeach(await actorOf(pool, request));
      assertMarkdown({ 'body/markdown': request.body.markdown });
      return { html: renderCached(request.body.markdown).rendered.html };
    },
  );
}
