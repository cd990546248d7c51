import { Meilisearch } from 'meilisearch';
import { percentile, summarize } from '../histogram.ts';
import type { SearchSpace } from '../remove-indexes.ts';
import { startSearch } from '../stack.ts';
import type { Part } from './context.ts';
import { figure } from './figure.ts';
import { startIndexer } from './process.ts';
import { preparePublishes } from './publishes.ts';
import { hearWatermarks } from './watermarks.ts';
import { latestOf, openWriters } from './writers.ts';

const PER_SECOND = 10;
const SECONDS = 20;
const TARGETS = { p50: 30, p99: 150 };
/** Of the whole way, on a search server that holds a hundred thousand courses. */
const LARGE = { courses: 100_000, p99: 500 };
const CLIENTS = 4;
const PREFIX = 'benchsearch';

/**
 * How long after a commit a publish can be searched for, less the time that the engine itself took for it: from the moment
 * the first of its tasks was handed over (enqueuedAt) until the last was finished (finishedAt). How much of that it waited in
 * the engine's queue is told beside it.
 */
export const commitToSearchable: Part = async ({ stack, databaseUrl, redisUrl, pool, print }) => {
  const search = await startSearch(stack);
  print(`  engine: ${search.description}`);
  const indexer = await startIndexer(stack, { databaseUrl, redisUrl, prefix: PREFIX, search });
  const watermarks = await hearWatermarks(redisUrl, PREFIX, 'search');
  const writers = openWriters(databaseUrl, CLIENTS, print);
  try {
    const publishAtRate = await preparePublishes(pool, writers);
    const run = (seconds: number) => publishAtRate(PER_SECOND, (count) => count < PER_SECOND * seconds);
    await run(3);
    const written = await run(SECONDS);
    await watermarks.passed(latestOf(written), 60_000);
    const tasks = await tasksByVersion(search);
    const measured = written.map(({ position, at }) => {
      const arrival = watermarks.first(position);
      const own = tasks.find(({ version }) => version >= position);
      if (!arrival || !own) throw new Error(`no task was found for ${position}`);
      const total = arrival.at - at;
      return { total, engine: own.engineMs, queue: own.queueMs };
    });
    const totals = measured.map(({ total }) => total);
    const own = measured.map(({ total, engine }) => total - engine);
    const queue = measured.map((one) => one.queue);
    print(`  in all:          ${summarize(totals)}`);
    print(`  engine:          ${summarize(measured.map(({ engine }) => engine))}`);
    print(`  queue of engine: ${summarize(queue)}`);
    print(`  without engine:  ${summarize(own)}`);
    const note = `${search.description}; queue wait p50 ${percentile(queue, 0.5).toFixed(1)} ms, p99 ${percentile(queue, 0.99).toFixed(1)} ms`;
    const { rows } = await pool.query<{ count: number }>(
      'select count(*)::int as count from courses where live_revision is not null',
    );
    const held = `${(rows[0]?.count ?? 0).toLocaleString('en')} courses`;
    return [
      ...((rows[0]?.count ?? 0) >= LARGE.courses
        ? [figure('commit → searchable p99', percentile(totals, 0.99), 'ms', { target: LARGE.p99, note: held })]
        : []),
      figure('commit → searchable less the engine p50', percentile(own, 0.5), 'ms', { target: TARGETS.p50, note }),
      figure('commit → searchable less the engine p99', percentile(own, 0.99), 'ms', { target: TARGETS.p99 }),
    ];
  } finally {
    watermarks.close();
    await writers.close();
    await indexer.stop();
  }
};

interface Work {
  version: string;
  engineMs: number;
  queueMs: number;
}

/** What the engine did for each batch, by the version that the sink wrote into the metadata of its tasks. */
async function tasksByVersion({ url, masterKey, indexPrefix }: SearchSpace): Promise<Work[]> {
  const client = new Meilisearch({ host: url, apiKey: masterKey });
  const { results } = await client.tasks.getTasks({ limit: 2000, types: ['documentAdditionOrUpdate'] });
  const batches = new Map<string, { enqueued: number; started: number; finished: number }>();
  for (const task of results) {
    const metadata = 'customMetadata' in task ? String(task.customMetadata) : '';
    const version = /version=(\S+)/.exec(metadata)?.[1];
    if (!version || !task.indexUid?.startsWith(indexPrefix)) continue;
    const [enqueued, started, finished] = [task.enqueuedAt, task.startedAt, task.finishedAt].map((at) =>
      Date.parse(String(at)),
    ) as [number, number, number];
    const held = batches.get(version);
    batches.set(version, {
      enqueued: Math.min(enqueued, held?.enqueued ?? Infinity),
      started: Math.min(started, held?.started ?? Infinity),
      finished: Math.max(finished, held?.finished ?? 0),
    });
  }
  return [...batches]
    .map(([version, { enqueued, started, finished }]) => ({
      ...{ version, engineMs: finished - enqueued, queueMs: started - enqueued },
    }))
    .toSorted((a, b) => (a.version < b.version ? -1 : 1));
}
