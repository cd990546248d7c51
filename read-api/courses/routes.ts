import { Type } from '@sinclair/typebox';
import { Course, Curriculum } from '@eduplatform/contracts/documents';
import { Slug, Uuid } from '@eduplatform/contracts/primitives';
import type { App } from '@eduplatform/http-kit/server';
import { ReadHeaders } from '../answers/schemas.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';
import { courseDocument, curriculumDocument } from './queries.ts';

const CourseParams = Type.Object({ idOrSlug: Type.Union([Uuid, Slug], { description: 'Id or slug of the course' }) });

const common = {
  tags: ['Courses'],
  params: CourseParams,
  headers: ReadHeaders,
};

export function courseRoutes(app: App, { documents, beginRead }: RouteDependencies): void {
  const course = {
    ...common,
    summary: 'Show a published course',
    response: { 200: Course },
  };
  app.get('/v1/courses/:idOrSlug', { schema: course }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const document = await courseDocument(documents, read, request.params.idOrSlug);
    return sendAnswer(request, reply, document, 'anyone');
  });

  const curriculum = {
    ...common,
    summary: 'Show the modules and lessons of a published course',
    response: { 200: Curriculum },
  };
  app.get('/v1/courses/:idOrSlug/curriculum', { schema: curriculum }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const document = await curriculumDocument(documents, read, request.params.idOrSlug);
    return sendAnswer(request, reply, document, 'anyone');
  });
}
