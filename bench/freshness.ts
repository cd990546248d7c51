import { eventually } from '@eduplatform/local/platform/wait';
import { readCommitTimes } from './freshness/commit-times.ts';
import { findTargets, publishAtRate, signIn } from './freshness/load.ts';
import { startServers, type Servers } from './freshness/servers.ts';
import { watchReadModels, type Sighting } from './freshness/watch.ts';
import { histogram, percentile, summarize } from './histogram.ts';
import { describeMachine } from './machine.ts';

const PER_SECOND = 20;
const SECONDS = 30;
const WARM_UP_SECONDS = 3;
/** After the last publish, the read models must have caught up within this. */
const CATCH_UP_MS = 20_000;
const BOUNDS = [5, 10, 20, 50, 100, 200, 500, 1000];
/** Milliseconds from commit. */
const TARGETS = { redisP50: 20, redisP99: 200, searchP99: 1000 };

/** 0: the targets hold; 1: something was wrong, so the figures are void; 2: a target is missed. */
export type Outcome = 0 | 1 | 2;

/** Measures how long after a commit its change can be read, at 20 publishes a second on the demo data. */
export async function benchFreshness(print: (line: string) => void): Promise<Outcome> {
  print(`Machine: ${describeMachine()}`);
  const servers = await startServers(print);
  try {
    print(`Engine: ${servers.search.description}. ${PER_SECOND} publishes/s for ${SECONDS} s, each renames a lesson.`);
    const { sightings, wrong, seconds } = await measure(servers);
    return report(print, await delays(servers, sightings), { wrong, seconds });
  } finally {
    await servers.stop();
  }
}

async function measure(servers: Servers): Promise<{ sightings: Sighting[]; wrong: string[]; seconds: number }> {
  const targets = await findTargets(servers.databaseUrl);
  const token = await signIn(servers.writeApiUrl);
  const watch = await watchReadModels(servers);
  try {
    const load = { writeApiUrl: servers.writeApiUrl, token, perSecond: PER_SECOND };
    // Each process compiles what it runs often; nobody starts the product for half a minute. The warm-up has courses of its own.
    const warmUp = targets.splice(0, PER_SECOND * 5);
    await publishAtRate({ ...load, targets: warmUp, seconds: WARM_UP_SECONDS, onPublish: () => {} });
    const started = performance.now();
    await publishAtRate({ ...load, targets, seconds: SECONDS, onPublish: (publish) => watch.expect(publish) });
    const seconds = (performance.now() - started) / 1000;
    await eventually(() => watch.isComplete(), { timeoutMs: CATCH_UP_MS }).catch(() => {
      watch.wrong.push(`not everything was live ${CATCH_UP_MS} ms after the last publish`);
    });
    return { sightings: [...watch.sightings.values()], wrong: watch.wrong, seconds };
  } finally {
    await watch.close();
  }
}

interface Delays {
  redis: number[];
  search: number[];
}

async function delays({ databaseUrl }: Servers, sightings: Sighting[]): Promise<Delays> {
  const committedAt = await readCommitTimes(databaseUrl);
  const since = (at: number | undefined, { position }: Sighting) =>
    at === undefined ? [] : [at - committedAt(position)];
  return {
    redis: sightings.flatMap((sighting) => since(sighting.redisAt, sighting)),
    search: sightings.flatMap((sighting) => since(sighting.searchAt, sighting)),
  };
}

function report(
  print: (line: string) => void,
  { redis, search }: Delays,
  { wrong, seconds }: { wrong: string[]; seconds: number },
): Outcome {
  for (const [title, values] of [
    ['commit → Redis', redis],
    ['commit → searchable', search],
  ] as const) {
    print(`\n${title} (${values.length} publishes)`);
    for (const line of histogram(values, BOUNDS, 'ms')) print(line);
    print(`  ${summarize(values)}`);
  }
  print('');
  const wanted = PER_SECOND * SECONDS;
  // What falls behind by more than this was not offered at the rate that the figure is about.
  if (seconds > SECONDS * 1.1) wrong.push(`the load took ${seconds.toFixed(1)} s instead of ${SECONDS}`);
  if (redis.length !== wanted || search.length !== wanted) wrong.push(`${wanted} publishes were to be seen`);
  for (const line of wrong.slice(0, 10)) print(`WRONG: ${line}`);
  const figures = {
    redisP50: percentile(redis, 0.5),
    redisP99: percentile(redis, 0.99),
    searchP99: percentile(search, 0.99),
  };
  const missed = (['redisP50', 'redisP99', 'searchP99'] as const).filter((name) => !(figures[name] <= TARGETS[name]));
  const verdict = wrong.length > 0 ? 'void' : missed.length > 0 ? 'missed' : 'holds';
  print(
    `freshness ${verdict}: Redis p50 ${figures.redisP50.toFixed(1)} ms (≤ ${TARGETS.redisP50}), ` +
      `p99 ${figures.redisP99.toFixed(1)} ms (≤ ${TARGETS.redisP99}); ` +
      `searchable p99 ${figures.searchP99.toFixed(1)} ms (≤ ${TARGETS.searchP99})`,
  );
  return wrong.length > 0 ? 1 : missed.length > 0 ? 2 : 0;
}
