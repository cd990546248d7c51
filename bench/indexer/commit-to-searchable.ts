import { setTimeout as delay } from 'node:timers/promises';
import { Meilisearch } from 'meilisearch';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { OutboxNotifier } from '@eduplatform/db/outbox-notifier';
import { createPool } from '@eduplatform/db/pool';
import { percentile, summarize } from '../histogram.ts';
import { startSearch } from '../stack.ts';
import type { Part } from './context.ts';
import { figure } from './figure.ts';
import { startIndexer } from './process.ts';
import { hearWatermarks } from './watermarks.ts';

const PER_SECOND = 10;
const SECONDS = 20;
const TARGETS = { p50: 30, p99: 150 };
const PREFIX = 'benchsearch';

interface Target {
  id: string;
  revision: number;
}

interface Written {
  position: string;
  /** Just before the commit was asked for. */
  at: number;
}

const DEMO_COURSES = `
  select id, live_revision as revision from courses
  where live_revision is not null and slug !~ '-[0-9]$' order by id limit 250`;

const PUBLISH = `
  with next as (
    insert into course_revisions (course_id, revision, content, published_by)
    select course_id, revision + 1,
           jsonb_set(content, '{modules,0,lessons,0,title}', to_jsonb('Lesson ' || $3::text)), published_by
    from course_revisions where course_id = $1 and revision = $2
    returning course_id, revision
  )
  update courses set live_revision = next.revision from next where id = next.course_id`;

/**
 * How long after a commit a publish can be searched for, without the time that the engine itself took for it, which is
 * from the moment it took on the first of its tasks until the last was finished.
 */
export const commitToSearchable: Part = async ({ stack, databaseUrl, redisUrl, pool, print }) => {
  const search = await startSearch(stack);
  print(`  engine: ${search.description}`);
  const indexer = await startIndexer(stack, { databaseUrl, redisUrl, prefix: PREFIX, search });
  const watermarks = await hearWatermarks(redisUrl, PREFIX, 'search');
  const onError = (error: Error) => print(`  ${error.message}`);
  const writers = createPool({ connectionString: databaseUrl, applicationName: 'bench', max: 4, onError });
  const notifier = new OutboxNotifier({ connectionString: databaseUrl, onError });
  try {
    const { rows: targets } = await pool.query<Target>(DEMO_COURSES);
    let count = 0;
    const publish = async (target: Target): Promise<Written> => {
      const client = await writers.connect();
      try {
        await client.query('begin');
        await client.query(PUBLISH, [target.id, target.revision, `fresh${(count += 1)}`]);
        const payload = { courseId: target.id, revision: target.revision + 1, previousRevision: target.revision };
        target.revision += 1;
        const event = { type: 'course.published' as const, aggregateType: 'course' as const, payload };
        const told = { ...event, aggregateId: target.id, aggregateVersion: 1 };
        const position = await appendToOutbox(client as never, [told], null);
        const at = performance.now();
        await client.query('commit');
        notifier.wake();
        return { position, at };
      } finally {
        client.release();
      }
    };
    const run = async (seconds: number): Promise<Written[]> => {
      const started = performance.now();
      const underWay: Promise<Written>[] = [];
      for (let number = 0; number < PER_SECOND * seconds; number += 1) {
        await delay(Math.max(0, started + (number * 1000) / PER_SECOND - performance.now()));
        const target = targets[number % targets.length];
        if (target) underWay.push(publish(target));
      }
      return Promise.all(underWay);
    };
    await run(3);
    const written = await run(SECONDS);
    await watermarks.passed(written.at(-1)?.position ?? '', 60_000);
    const tasks = await tasksByVersion(search);
    const measured = written.map(({ position, at }) => {
      const arrival = watermarks.first(position);
      const own = tasks.find(({ version }) => version >= position);
      if (!arrival || !own) throw new Error(`no task was found for ${position}`);
      const total = arrival.at - at;
      return { total, engine: own.engineMs, queue: own.queueMs };
    });
    const own = measured.map(({ total, engine }) => total - engine);
    const queue = measured.map((one) => one.queue);
    print(`  in all:          ${summarize(measured.map(({ total }) => total))}`);
    print(`  engine:          ${summarize(measured.map(({ engine }) => engine))}`);
    print(`  queue of engine: ${summarize(queue)}`);
    print(`  without engine:  ${summarize(own)}`);
    const note = `${search.description}; queue wait p50 ${percentile(queue, 0.5).toFixed(1)} ms, p99 ${percentile(queue, 0.99).toFixed(1)} ms`;
    return [
      figure('commit → searchable less the engine p50', percentile(own, 0.5), 'ms', { target: TARGETS.p50, note }),
      figure('commit → searchable less the engine p99', percentile(own, 0.99), 'ms', { target: TARGETS.p99 }),
    ];
  } finally {
    watermarks.close();
    await notifier.close();
    await writers.end();
    await indexer.stop();
  }
};

interface Work {
  version: string;
  engineMs: number;
  queueMs: number;
}

/** What the engine did for each batch, by the version that the sink wrote into the metadata of its tasks. */
async function tasksByVersion({ url, masterKey }: { url: string; masterKey: string }): Promise<Work[]> {
  const client = new Meilisearch({ host: url, apiKey: masterKey });
  const { results } = await client.tasks.getTasks({ limit: 2000, types: ['documentAdditionOrUpdate'] });
  const batches = new Map<string, { enqueued: number; started: number; finished: number }>();
  for (const task of results) {
    const metadata = 'customMetadata' in task ? String(task.customMetadata) : '';
    const version = /version=(\S+)/.exec(metadata)?.[1];
    if (!version || !task.indexUid?.startsWith(PREFIX)) continue;
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
