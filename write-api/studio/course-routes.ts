import type pg from 'pg';
import { DraftChanges, RevisionDiff, RevisionList, RevisionSummary } from '@eduplatform/contracts/http/revisions';
import { CourseStudentList } from '@eduplatform/contracts/http/studio';
import { PageQuery } from '@eduplatform/contracts/pages';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { actorOf } from '../commands/actor.ts';
import { RevisionParams } from '../courses/lifecycle-routes.ts';
import { listRevisions } from '../courses/revision-store.ts';
import { CourseParams, security, teachers } from '../courses/routes.ts';
import { editableCourse, loadDraftChanges } from './queries.ts';
import { loadRevision, loadRevisionDiff } from './revisions.ts';
import { listStudents } from './students.ts';

const tags = ['studio'];
const Revision = RevisionParams.properties.revision;
const ChangesQuery = Type.Object({ revision: Type.Optional(Revision) }, { additionalProperties: false });
const DiffQuery = Type.Object({ against: Type.Optional(Revision) }, { additionalProperties: false });

/** What the studio reads of one course besides its draft: its history and its students. */
export function studioCourseRoutes(app: App, { pool }: { pool: pg.Pool }): void {
  const common = { tags, security };
  app.get(
    '/v1/studio/courses/:courseId/changes',
    {
      ...teachers,
      schema: {
        ...common,
        summary: 'In what a draft differs from what readers see, or from another revision',
        params: CourseParams,
        querystring: ChangesQuery,
        response: { 200: DraftChanges },
      },
    },
    async (request) => {
      const actor = await actorOf(pool, request);
      return loadDraftChanges(pool, actor, request.params.courseId, request.query.revision);
    },
  );
  app.get(
    '/v1/studio/courses/:courseId/revisions',
    {
      ...teachers,
      schema: { ...common, summary: 'What was published', params: CourseParams, response: { 200: RevisionList } },
    },
    async (request) => {
      const { id } = await editableCourse(pool, await actorOf(pool, request), request.params.courseId);
      const revisions = await listRevisions(pool, id);
      const items = revisions.map((revision) => ({ ...revision, publishedAt: revision.publishedAt.toISOString() }));
      return { items, nextCursor: null };
    },
  );
  app.get(
    '/v1/studio/courses/:courseId/revisions/:revision',
    {
      ...teachers,
      schema: {
        ...common,
        summary: 'What a revision holds',
        params: RevisionParams,
        response: { 200: RevisionSummary },
      },
    },
    async (request) => {
      const { courseId, revision } = request.params;
      return loadRevision(pool, await actorOf(pool, request), courseId, revision);
    },
  );
  app.get(
    '/v1/studio/courses/:courseId/revisions/:revision/diff',
    {
      ...teachers,
      schema: {
        ...common,
        summary: 'In what a revision differs from another, or from the one before it',
        params: RevisionParams,
        querystring: DiffQuery,
        response: { 200: RevisionDiff },
      },
    },
    async (request) => {
      const { courseId, revision } = request.params;
      const { against } = request.query;
      const actor = await actorOf(pool, request);
      return loadRevisionDiff(pool, actor, courseId, { revision, ...(against !== undefined && { against }) });
    },
  );
  app.get(
    '/v1/studio/courses/:courseId/students',
    {
      ...teachers,
      schema: {
        ...common,
        summary: 'Who is enrolled, the newest first, and how far they are',
        params: CourseParams,
        querystring: PageQuery,
        response: { 200: CourseStudentList },
      },
    },
    async (request) => {
      const { limit = 20, cursor } = request.query;
      const actor = await actorOf(pool, request);
      const page = { limit, ...(cursor !== undefined && { cursor }) };
      return listStudents(pool, actor, request.params.courseId, page);
    },
  );
}
