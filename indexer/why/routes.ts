import { WhyAnswer } from '@eduplatform/contracts/http/indexer';
import { requireUser } from '@eduplatform/http-kit/auth';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { askerOf } from '../admin/admin.ts';
import { security, tags } from '../admin/routes.ts';
import { why, type WhySources } from './why.ts';

/** For admins, and for whose course it is: to others there is no such thing. */
export function whyRoutes(app: App, sources: WhySources): void {
  app.get(
    '/v1/admin/indexer/why/:subject',
    {
      onRequest: requireUser,
      config: { rateClass: 'search' },
      schema: {
        ...{ tags, security },
        summary: 'Why a course or a lesson is not live yet',
        params: Type.Object({
          subject: Type.String({
            pattern: '^[a-z0-9-]+$',
            maxLength: 80,
            description: 'Id or slug of a course, or id of a lesson',
          }),
        }),
        response: { 200: WhyAnswer },
      },
    },
    async (request) => {
      const asker = await askerOf(sources.db, request);
      const found = await why(sources, request.params.subject);
      if (!found || (asker.role !== 'admin' && asker.id !== found.ownerId)) {
        throw new ProblemError('not_found', 'there is no such course or lesson of yours');
      }
      return found.answer;
    },
  );
}
