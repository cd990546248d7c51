import { migrate } from '@eduplatform/db/migrate';
import { createPool } from '@eduplatform/db/pool';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import { describeBroken } from '@eduplatform/local/scales/describe-broken';
import { seedDemo } from '@eduplatform/seed/demo';
import { seedScale } from '@eduplatform/seed/scale';
import type { Scale } from '@eduplatform/seed/scale/sizes';
import { commitToRedis } from './indexer/commit-to-redis.ts';
import { commitToSearchable } from './indexer/commit-to-searchable.ts';
import { nullSearch, PREFIX, type Bench, type Part } from './indexer/context.ts';
import { drainRedis } from './indexer/drain-redis.ts';
import { drainSearch } from './indexer/drain-search.ts';
import { freshnessInRebuild } from './indexer/freshness-in-rebuild.ts';
import { describeFigure, holds, type Figure } from './indexer/figure.ts';
import { startNullEngine } from './indexer/null-engine.ts';
import { startIndexer } from './indexer/process.ts';
import { rebuild } from './indexer/rebuild.ts';
import { enlargeSchool } from './indexer/school.ts';
import { takeover } from './indexer/takeover.ts';
import { wakeUpCost } from './indexer/wake-up-cost.ts';
import { describeMachine } from './machine.ts';
import { openStack, startPostgres, startRedis } from './stack.ts';

/** In the order in which they run: the large backlog late, and last what takes another generation of Redis into use. */
const PARTS = {
  'wake-up': wakeUpCost,
  'commit-to-redis': commitToRedis,
  'commit-to-searchable': commitToSearchable,
  rebuild,
  takeover,
  'drain-search': drainSearch,
  'drain-redis': drainRedis,
  'freshness-in-rebuild': freshnessInRebuild,
} as const satisfies Record<string, Part>;

export const PART_NAMES = Object.keys(PARTS) as (keyof typeof PARTS)[];

/** 0: the targets hold; 1: something was wrong, so the figures are void; 2: a target is missed. */
export type Outcome = 0 | 1 | 2;

export interface BenchOptions {
  only: readonly (keyof typeof PARTS)[];
  /** Rows of the large backlog. */
  rows: number;
  /** Data of `npm run seed` instead of the demo's; for parts that have read models of their own. */
  scale?: Scale;
}

/** Parts that need the read models of the demo data. */
const OF_THE_DEMO: readonly (keyof typeof PARTS)[] = ['commit-to-redis', 'takeover', 'drain-search', 'drain-redis'];

/** The parts that a scale other than the demo's can be measured with. */
export const SCALED_PARTS = PART_NAMES.filter((name) => !OF_THE_DEMO.includes(name));

/** Measures the stream from Postgres to the read models, each part against its target. */
export async function benchIndexer(
  { only, rows, scale }: BenchOptions,
  print: (line: string) => void,
): Promise<Outcome> {
  print(`Machine: ${describeMachine()}`);
  const stack = await openStack();
  const nullEngine = await startNullEngine();
  try {
    const databaseUrl = await startPostgres(stack);
    const redisUrl = await startRedis(stack);
    const options = { connectionString: databaseUrl, applicationName: 'bench', max: 4 };
    const pool = createPool({ ...options, onError: (error) => print(error.message) });
    try {
      const bench = { stack, databaseUrl, redisUrl, pool, nullEngine, rows, print };
      await (scale ? loadScale(bench, scale) : loadDemo(bench));
      return await run(bench, only);
    } finally {
      await pool.end();
    }
  } finally {
    await stack.stop();
    await nullEngine.close();
  }
}

async function loadScale({ databaseUrl, print }: Bench, scale: Scale): Promise<void> {
  print(`Loading the data of the scale ${scale}.`);
  const { broken } = await seedScale(databaseUrl, { scale });
  if (broken.length > 0) throw new Error(`the data is wrong:\n${describeBroken(broken)}`);
}

async function loadDemo({ stack, databaseUrl, redisUrl, nullEngine, print }: Bench): Promise<void> {
  print('Loading the demo data, with more students and courses.');
  await migrate(databaseUrl);
  await seedDemo(databaseUrl, () => {});
  await withPostgres(databaseUrl, enlargeSchool);
  const search = nullSearch(nullEngine);
  const started = performance.now();
  const first = await startIndexer(stack, { databaseUrl, redisUrl, prefix: PREFIX, search });
  print(`Built both read models in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  await first.stop();
}

async function run(bench: Bench, only: BenchOptions['only']): Promise<Outcome> {
  const { print } = bench;
  const figures: Figure[] = [];
  const wrong: string[] = [];
  for (const name of PART_NAMES.filter((part) => only.includes(part))) {
    print(`\n${name}`);
    try {
      const own = await PARTS[name](bench);
      for (const one of own) print(`  ${describeFigure(one)}`);
      figures.push(...own);
    } catch (error) {
      wrong.push(name);
      print(`  WRONG: ${(error as Error).stack ?? String(error)}`);
    }
  }
  const missed = figures.filter((one) => !holds(one));
  const verdict = wrong.length > 0 ? 'void' : missed.length > 0 ? 'missed' : 'holds';
  const parts = only.length < PART_NAMES.length ? ` (only ${only.join(', ')})` : '';
  print('');
  for (const one of figures) print(describeFigure(one));
  const names = (wrong.length > 0 ? wrong : missed.map(({ name }) => name)).join(', ');
  print(
    `indexer ${verdict}${parts}: ${figures.length - missed.length} of ${figures.length} targets${names && `; ${names}`}`,
  );
  return wrong.length > 0 ? 1 : missed.length > 0 ? 2 : 0;
}
