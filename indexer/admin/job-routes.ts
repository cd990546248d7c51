import { IndexerJob, IndexerJobBody, IndexerJobList } from '@eduplatform/contracts/http/indexer';
import { Uuid } from '@eduplatform/contracts/primitives';
import { transaction } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { cancelJob, findJob, listJobs, requestJob, type Job } from '../jobs/jobs.ts';
import { adminOf, audit } from './admin.ts';
import { idOfCursor, pageOf, pageQuery } from './page.ts';
import { admins, security, tags, type AdminDependencies } from './routes.ts';
import { assertSink } from './sinks.ts';

const params = Type.Object({ id: Uuid });

/** What operators ask of the indexer; its leader does it. */
export function jobRoutes(app: App, { pool }: Pick<AdminDependencies, 'pool'>): void {
  app.post(
    '/v1/admin/indexer/jobs',
    {
      ...admins,
      schema: {
        ...{ tags, security, body: IndexerJobBody },
        summary: 'Rebuild a read model, go back to its previous generation, or verify it',
        response: { 202: IndexerJob },
      },
    },
    async (request, reply) =>
      transaction(pool, async (tx) => {
        const admin = await adminOf(tx, request);
        const { kind, sink, params: given = {} } = request.body;
        await assertSink(tx, sink);
        const job = await requestJob(tx, { kind, sink, params: given, requestedBy: admin.id });
        await audit(tx, admin, `indexer_job.${kind}`, { type: 'indexer_job', id: job.id }, { sink, params: given });
        return reply.code(202).send(describeJob(job));
      }),
  );
  app.get(
    '/v1/admin/indexer/jobs',
    {
      ...admins,
      schema: {
        ...{ tags, security, querystring: pageQuery({}) },
        summary: 'What was asked of the indexer, newest first',
        response: { 200: IndexerJobList },
      },
    },
    async (request) => {
      await adminOf(pool, request);
      const { limit, cursor } = request.query;
      return pageOf(await listJobs(pool, idOfCursor(cursor), limit + 1), limit, describeJob);
    },
  );
  app.get(
    '/v1/admin/indexer/jobs/:id',
    {
      ...admins,
      schema: { ...{ tags, security, params }, summary: 'How far a job is', response: { 200: IndexerJob } },
    },
    async (request) => {
      await adminOf(pool, request);
      return describeJob((await findJob(pool, request.params.id)) ?? missing());
    },
  );
  app.post(
    '/v1/admin/indexer/jobs/:id/cancel',
    {
      ...admins,
      schema: { ...{ tags, security, params }, summary: 'Let a job end', response: { 202: IndexerJob } },
    },
    async (request, reply) =>
      transaction(pool, async (tx) => {
        const admin = await adminOf(tx, request);
        const { id } = request.params;
        const job = await cancelJob(tx, id);
        if (!job) throw (await findJob(tx, id)) ? new ProblemError('job_ended') : missing();
        await audit(tx, admin, 'indexer_job.cancel', { type: 'indexer_job', id }, { kind: job.kind, sink: job.sink });
        return reply.code(202).send(describeJob(job));
      }),
  );
}

const describeJob = (job: Job): IndexerJob => ({
  ...job,
  createdAt: job.createdAt.toISOString(),
  startedAt: job.startedAt?.toISOString() ?? null,
  finishedAt: job.finishedAt?.toISOString() ?? null,
});

function missing(): never {
  throw new ProblemError('job_not_found');
}
