import { Redis } from 'ioredis';
import { currentKey, documentKeys, redisNamespace } from '@eduplatform/contracts/redis-keys';
import { startReadApi, type Contender } from '../contenders.ts';
import { measure, warmUp } from '../measure.ts';
import type { Bench, Capacity, Part } from '../part.ts';
import { pageRequests } from '../requests.ts';
import { formatValue, type Row } from '../rows.ts';
import { readCpu } from '../../usage.ts';

const CONNECTIONS = 64;
/** Bursts in one: longer than an entry of the cache is fresh without being asked for again. */
const BURSTS = 3;
const MOST_COMMANDS = 0.05;
const PIPELINE = 200;
const READERS = 1_000;
/** How long Redis keeps everybody waiting: until all readers wait for the same document. */
const PAUSE_MS = 400;
/** Time for all of them to ask, and for none to ask again. */
const ASKING_SECONDS = 0.15;

/** What the read API asks of Redis: under popular pages, and when many want the same one that nobody had yet. */
export const redisCommands: Part = {
  name: 'Redis',
  rows: ['redis-commands', 'single-flight'],
  steps: () => 4,
  async run(bench) {
    const redis = new Redis(bench.arena.servers.redisUrl);
    const contender = await startReadApi(bench.arena, 'read API');
    try {
      bench.step('warming up');
      // Also of a process that has just begun to listen: the readers below are to be answered at the first try.
      const requests = pageRequests(bench.courses.slice(0, -1));
      await warmUp(bench.measuring, contender, { requests, connections: CONNECTIONS, seconds: bench.warmUpSeconds });
      const rows = [await commandsRow(bench, contender, redis, requests), await flightRow(bench, contender, redis)];
      const capacities = { Redis: await capacityOf(bench, redis) };
      return { rows: rows.filter(({ id }) => bench.wanted.has(id)), capacities };
    } finally {
      redis.disconnect();
      await contender.stop();
    }
  },
};

async function commandsRow(
  { measuring, seconds, step }: Bench,
  contender: Contender,
  redis: Redis,
  requests: ReturnType<typeof pageRequests>,
): Promise<Row> {
  step('commands');
  await redis.config('RESETSTAT');
  const burst = { requests, connections: CONNECTIONS, seconds: seconds * BURSTS };
  const { requests: count, requestsPerSecond } = await measure(measuring, contender, burst);
  const calls = await callsOf(redis);
  const most = Object.entries(calls).sort(([, a], [, b]) => b - a);
  const commands = most.reduce((sum, [, one]) => sum + one, 0);
  return {
    id: 'redis-commands',
    what: 'Redis commands per request under Zipf traffic on pages',
    ...{ value: commands / count, unit: '', target: { atMost: MOST_COMMANDS } },
    note: `${count.toLocaleString('en-US')} requests at ${formatValue(requestsPerSecond, 'requests/s')}, as many as were answered: at fewer there are more commands for each; all commands, the indexer’s too: ${most
      .slice(0, 4)
      .map(([name, one]) => `${name} ${one}`)
      .join(', ')}`,
  };
}

async function flightRow({ measuring, courses, step }: Bench, contender: Contender, redis: Redis): Promise<Row> {
  step('single-flight');
  const course = courses.at(-1);
  if (!course) throw new Error('there are no courses');
  const burst = { requests: [{ path: `/v1/courses/${course.id}` }], connections: READERS, seconds: ASKING_SECONDS };
  const { requests: answered } = await measure(measuring, contender, burst, async () => {
    await redis.config('RESETSTAT');
    await redis.client('PAUSE', PAUSE_MS, 'ALL');
  });
  const { hmget = 0 } = await callsOf(redis);
  if (answered !== READERS) throw new Error(`single-flight: ${answered} answers for ${READERS} readers`);
  // Then the document was there already, and nobody missed it.
  if (hmget === 0) throw new Error('single-flight: nobody asked Redis for the course');
  return {
    id: 'single-flight',
    what: `reads of Redis for ${formatValue(READERS, 'concurrent misses')} of one course`,
    ...{ value: hmget, unit: '', target: { atMost: 1 } },
    note: `${answered} answers while Redis held its own back for ${PAUSE_MS} ms`,
  };
}

/** What Redis itself can do: cards read in a pipeline, as the read API reads what its cache does not hold. */
async function capacityOf({ arena, measuring, courses, seconds, step }: Bench, redis: Redis): Promise<Capacity> {
  step('capacity of Redis');
  const { redisPrefix } = arena.servers;
  const generation = Number((await redis.hget(currentKey(redisPrefix), 'redisGeneration')) ?? 0);
  const keys = courses
    .slice(0, PIPELINE)
    .map(({ id }) => redisNamespace(redisPrefix, generation) + documentKeys.card(id));
  const before = await readCpu();
  const startedAt = performance.now();
  let commands = 0;
  while (performance.now() - startedAt < seconds * 1000) {
    const pipeline = redis.pipeline();
    for (const key of keys) pipeline.hmget(key, 'd', 'g', 's');
    await pipeline.exec();
    commands += keys.length;
  }
  const used = (await readCpu())(measuring.others.Redis) - before(measuring.others.Redis);
  return { perSecond: (commands * 1000) / (performance.now() - startedAt), cpuUs: (used / commands) * 1_000_000 };
}

/** Calls by command since the statistics were reset, but for those of measuring. */
async function callsOf(redis: Redis): Promise<Record<string, number>> {
  const lines = [...(await redis.info('commandstats')).matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)];
  const calls = lines.map(([, name = '', count]) => [name, Number(count)] as const);
  return Object.fromEntries(calls.filter(([name]) => !/^(info|config|client)/.test(name)));
}
