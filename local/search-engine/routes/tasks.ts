import { MeiliError } from '../errors.ts';
import type { Access } from '../keys/access.ts';
import { matchesTask, TASK_FILTER_FIELDS } from '../tasks/task-filter.ts';
import type { Task } from '../tasks/task.ts';
import { summarize } from '../tasks/views.ts';
import { booleanParameter, field, integerParameter, readParameters } from '../validate/read.ts';
import { ok, param, type Route } from './route.ts';

const DEFAULT_LIMIT = 20;

/** Tasks without an index are shown to keys for all indexes only. */
const isVisible = (access: Access, { indexUid }: Task): boolean =>
  indexUid === null ? access.seesAllIndexes || access.allows('*') : access.seesIndex(indexUid);

export const taskRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/tasks',
    action: 'tasks.get',
    handle: ({ engine, access, query }) => {
      const {
        limit = DEFAULT_LIMIT,
        from,
        reverse = false,
        ...filter
      } = readParameters(query, {
        ...TASK_FILTER_FIELDS,
        limit: field(integerParameter, 'invalid_task_limit'),
        from: field(integerParameter, 'invalid_task_from'),
        reverse: field(booleanParameter, 'invalid_task_reverse'),
      });
      const matching = [...engine.tasks.all()].filter((task) => isVisible(access, task) && matchesTask(filter, task));
      matching.sort((left, right) => (reverse ? left.uid - right.uid : right.uid - left.uid));
      const page = matching.filter(({ uid }) => from === undefined || (reverse ? uid >= from : uid <= from));
      const results = page.slice(0, limit);
      return ok({
        results,
        total: matching.length,
        limit,
        from: results[0]?.uid ?? null,
        next: page[limit]?.uid ?? null,
      });
    },
  },
  {
    method: 'GET',
    path: '/tasks/:taskUid',
    action: 'tasks.get',
    handle: (context) => {
      const text = param(context, 'taskUid');
      if (!/^\d+$/.test(text)) {
        throw new MeiliError(
          'invalid_task_uids',
          `Task uid \`${text}\` is invalid. It should only contain numeric characters.`,
        );
      }
      const task = context.engine.tasks.get(Number(text));
      if (task === undefined || !isVisible(context.access, task)) {
        throw new MeiliError('task_not_found', `Task \`${text}\` not found.`);
      }
      return ok(task);
    },
  },
  {
    method: 'POST',
    path: '/tasks/cancel',
    action: 'tasks.cancel',
    handle: async ({ engine, access, query }) => {
      const filter = readParameters(query, TASK_FILTER_FIELDS);
      if (Object.keys(filter).length === 0) {
        throw new MeiliError(
          'missing_task_filters',
          'Query parameters to filter the tasks to cancel are missing. Available query parameters are: `uids`, `indexUids`, `statuses`, `types`, `canceledBy`, `beforeEnqueuedAt`, `afterEnqueuedAt`, `beforeStartedAt`, `afterStartedAt`, `beforeFinishedAt`, `afterFinishedAt`.',
        );
      }
      const uids = [...engine.tasks.all()]
        .filter((task) => isVisible(access, task) && matchesTask(filter, task))
        .map(({ uid }) => uid);
      const originalFilter = `?${query.toString()}`;
      return { status: 200, body: summarize(await engine.enqueue({ type: 'taskCancelation', uids, originalFilter })) };
    },
  },
];
