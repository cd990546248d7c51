import { MeiliError } from '../errors.ts';
import { invalidKey } from '../keys/access.ts';
import { summarize } from '../tasks/views.ts';
import {
  array,
  boolean,
  field,
  integerParameter,
  nullable,
  readFields,
  readParameters,
  string,
} from '../validate/read.ts';
import { accepted, indexParam, indexUid, ok, type Route } from './route.ts';

const DEFAULT_LIMIT = 20;

export const indexRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/indexes',
    action: 'indexes.get',
    handle: ({ engine, access, query }) => {
      const { offset = 0, limit = DEFAULT_LIMIT } = readParameters(query, {
        offset: field(integerParameter, 'invalid_index_offset'),
        limit: field(integerParameter, 'invalid_index_limit'),
      });
      const visible = engine.indexes.list().filter(({ uid }) => access.seesIndex(uid));
      const results = visible.slice(offset, offset + limit).map(({ info }) => info);
      return ok({ results, offset, limit, total: visible.length });
    },
  },
  {
    method: 'POST',
    path: '/indexes',
    action: 'indexes.create',
    handle: async ({ engine, access, body }) => {
      const given = readFields(body.json(), {
        uid: field(string, 'invalid_index_uid'),
        primaryKey: field(nullable(string), 'invalid_index_primary_key'),
      });
      if (given.uid === undefined) throw new MeiliError('missing_index_uid', 'Missing field `uid`');
      const uid = indexUid(given.uid, '.uid');
      if (!access.seesIndex(uid)) throw invalidKey();
      const task = await engine.enqueue({ type: 'indexCreation', indexUid: uid, primaryKey: given.primaryKey ?? null });
      return accepted(summarize(task));
    },
  },
  {
    method: 'GET',
    path: '/indexes/:indexUid',
    action: 'indexes.get',
    handle: (context) => ok(context.engine.indexes.require(indexParam(context)).info),
  },
  {
    method: 'PATCH',
    path: '/indexes/:indexUid',
    action: 'indexes.update',
    handle: async (context) => {
      const given = readFields(context.body.json(), {
        primaryKey: field(nullable(string), 'invalid_index_primary_key'),
      });
      const task = await context.engine.enqueue({
        type: 'indexUpdate',
        indexUid: indexParam(context),
        primaryKey: given.primaryKey ?? null,
      });
      return accepted(summarize(task));
    },
  },
  {
    method: 'DELETE',
    path: '/indexes/:indexUid',
    action: 'indexes.delete',
    handle: async (context) =>
      accepted(summarize(await context.engine.enqueue({ type: 'indexDeletion', indexUid: indexParam(context) }))),
  },
  {
    method: 'GET',
    path: '/indexes/:indexUid/stats',
    action: 'stats.get',
    handle: (context) => ok(context.engine.indexStats(context.engine.indexes.require(indexParam(context)))),
  },
  {
    method: 'POST',
    path: '/swap-indexes',
    action: 'indexes.swap',
    handle: async ({ engine, access, body }) => {
      const swaps = readSwaps(body.json());
      for (const { indexes } of swaps) {
        if (!indexes.every((uid) => access.seesIndex(uid))) throw invalidKey();
      }
      return accepted(summarize(await engine.enqueue({ type: 'indexSwap', swaps })));
    },
  },
];

const swapFields = {
  indexes: field(array(string), 'invalid_swap_indexes'),
  rename: field(boolean, 'invalid_swap_rename'),
};

function readSwaps(body: unknown): { indexes: [string, string]; rename: boolean }[] {
  const readOne = (value: unknown, path: string) => readFields(value, swapFields, path);
  const swaps = array(readOne)(body, '', 'bad_request').map(({ indexes, rename = false }, at) => {
    if (indexes === undefined)
      throw new MeiliError('missing_swap_indexes', `Missing field \`indexes\` inside \`[${at}]\``);
    const [left, right] = indexes;
    if (left === undefined || right === undefined || indexes.length !== 2) {
      throw new MeiliError(
        'invalid_swap_indexes',
        `Two indexes must be given for each swap. The list \`[${indexes.map((uid) => `"${uid}"`).join(', ')}]\` contains ${indexes.length} indexes.`,
      );
    }
    return { indexes: [indexUid(left), indexUid(right)] satisfies [string, string] as [string, string], rename };
  });
  const names = swaps.flatMap(({ indexes }) => indexes);
  const twice = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  if (twice.length > 0) {
    const listed = twice.map((name) => `\`${name}\``).join(', ');
    throw new MeiliError(
      'invalid_swap_duplicate_index_found',
      `Indexes must be declared only once during a swap. ${listed} ${twice.length === 1 ? 'was' : 'were'} specified several times.`,
    );
  }
  return swaps;
}
