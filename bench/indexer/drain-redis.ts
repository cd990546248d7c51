import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@eduplatform/local/platform/wait';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import { readCpu, residentBytes } from '../usage.ts';
import { appendBacklog, MIX } from './backlog.ts';
import { nullSearch, PREFIX, setPaused, type Part } from './context.ts';
import { figure } from './figure.ts';
import { startIndexer } from './process.ts';
import { hearWatermarks, rowOf } from './watermarks.ts';

const TARGET_PER_SECOND = 10_000;
const TARGET_MB = 300;
const TIMEOUT_MS = 900_000;
const SAMPLE_MS = 100;

/** How fast a backlog is brought into Redis by an indexer that has just started, and how much memory it takes. */
export const drainRedis: Part = async ({ stack, databaseUrl, redisUrl, pool, nullEngine, rows, print }) => {
  await setPaused(pool, 'search', true);
  print(`  writing a backlog of ${rows.toLocaleString('en')} events (${MIX})`);
  const last = await withPostgres(databaseUrl, (client) => appendBacklog(client, rows));
  const watermarks = await hearWatermarks(redisUrl, PREFIX, 'redis');
  const search = nullSearch(nullEngine);
  const indexer = await startIndexer(stack, { databaseUrl, redisUrl, prefix: PREFIX, search, waits: false });
  let isDone = false;
  let peak = 0;
  const sampling = (async () => {
    while (!isDone) {
      peak = Math.max(peak, (await residentBytes(indexer.child.pid)) ?? 0);
      await delay(SAMPLE_MS);
    }
  })();
  const used = async (): Promise<number[]> => {
    const cpu = await readCpu();
    return ['Indexer', 'Postgres', 'Redis'].map((name) => cpu(stack.pids.get(name)));
  };
  try {
    await eventually(() => watermarks.arrivals.some(({ position }) => rowOf(position) > rowOf(last) - rows), {
      timeoutMs: TIMEOUT_MS,
    });
    const before = await used();
    const end = await watermarks.passed(last, TIMEOUT_MS);
    isDone = true;
    const after = await used();
    await sampling;
    const cpu = after.map((seconds, index) => (seconds - (before[index] ?? 0)).toFixed(1));
    // From the first batch on: what an indexer needs to start is measured as the time of a takeover.
    const start = watermarks.arrivals.find(({ position }) => rowOf(position) > rowOf(last) - rows);
    if (!start) throw new Error('no watermark was heard');
    const drained = rowOf(last) - rowOf(start.position);
    const seconds = (end.at - start.at) / 1000;
    const note = `${drained.toLocaleString('en')} events in ${seconds.toFixed(1)} s; CPU seconds: indexer ${cpu[0]}, Postgres ${cpu[1]}, Redis ${cpu[2]}`;
    return [
      figure('backlog drained to Redis', drained / seconds, 'events/s', {
        ...{ target: TARGET_PER_SECOND, isFloor: true, note },
      }),
      figure(`memory with ${rows.toLocaleString('en')} rows of backlog`, peak / 1e6, 'MB resident', {
        target: TARGET_MB,
      }),
    ];
  } finally {
    isDone = true;
    watermarks.close();
    await indexer.stop();
    await setPaused(pool, 'search', false);
  }
};
