import { startGenerator } from '../load/generator.ts';
import { describeMachine } from '../machine.ts';
import { describePinning } from '../pinning.ts';
import type { Arena } from './contenders.ts';
import { readCourses } from './courses.ts';
import type { Bench, Part } from './part.ts';
import { changingCatalog } from './parts/changing-catalog.ts';
import { keyed } from './parts/keyed.ts';
import { mixedLoad } from './parts/mixed-load.ts';
import { pages } from './parts/pages.ts';
import { redisCommands } from './parts/redis.ts';
import { scenarios } from './parts/scenarios.ts';
import { search } from './parts/search.ts';
import { workers } from './parts/workers.ts';
import { writes } from './parts/writes.ts';
import { profileReadApi, type Profiled } from './profile.ts';
import { Progress } from './progress.ts';
import { boundsOf, isControlled } from './ratios.ts';
import type { BenchResult } from './result.ts';
import { describeRow, formatValue, type Row } from './rows.ts';
import { readVersions } from './versions.ts';

/** In the order in which they run. */
export const PARTS: readonly Part[] = [
  keyed,
  changingCatalog,
  redisCommands,
  pages,
  search,
  writes,
  mixedLoad,
  workers,
  scenarios,
];

export interface RunOptions {
  scale: string;
  rounds: number;
  /** Of one burst. */
  seconds: number;
  /** Rows, as `--only` calls them. */
  only: readonly string[];
  /** Kinds of requests that flame graphs are made of. */
  profiles: readonly Profiled[];
  /** Where those are written. */
  folder: string;
}

/** A process that has just begun is half as fast as it will be. */
const WARM_UP_SECONDS = 2;
/** Requests are drawn from so many of the most popular courses. */
const COURSES = 10_000;

/** Measures the wanted rows in an arena. What goes wrong in one part makes the result void, and the others go on. */
export async function runParts(arena: Arena, options: RunOptions, print: (line: string) => void): Promise<BenchResult> {
  const { scale, rounds, seconds, only, profiles, folder } = options;
  const startedAt = new Date();
  const courses = await readCourses(arena.servers.databaseUrl, COURSES);
  const result: BenchResult = {
    ...{ format: 1, startedAt: startedAt.toISOString(), seconds: 0, machine: describeMachine() },
    pinning: describePinning(),
    versions: await readVersions(arena.servers),
    settings: { scale, rounds, seconds, courses: courses.length },
    ...{ controls: {}, rows: [], series: {}, curves: {}, freshness: {}, capacities: {}, wrong: [] },
  };
  const { pids } = arena.stack;
  const others = { Postgres: pids.get('Postgres'), Redis: pids.get('Redis'), search: pids.get('Search') };
  const measuring = { generator: await startGenerator(arena.stack), others };
  const wanted = new Set(only);
  const parts = PARTS.filter((part) => part.rows.some((row) => wanted.has(row)));
  const progress = new Progress(parts.reduce((sum, part) => sum + part.steps({ rounds, wanted }), 0));
  const warmUpSeconds = Math.min(WARM_UP_SECONDS, seconds);
  const common = { arena, measuring, scale, courses, rounds, seconds, warmUpSeconds, wanted, say: print };
  for (const part of parts) {
    const rows = await play(part, { ...common, step: (step) => progress.begin(part.name, step) }, result);
    progress.clear();
    for (const row of rows) print(describeRow(row));
  }
  for (const kind of profiles) {
    print(`Flame graph: ${await profileReadApi({ ...common, step: () => {} }, kind, folder)}`);
  }
  result.seconds = (Date.now() - startedAt.getTime()) / 1000;
  return result;
}

/** Answers the rows that it measured. */
async function play(part: Part, bench: Bench, result: BenchResult): Promise<Row[]> {
  try {
    const { rows, series, curves, freshness, capacities, control } = await part.run(bench);
    result.rows.push(...rows);
    if (series) result.series[part.name] = series;
    if (curves) result.curves[part.name] = curves;
    Object.assign(result.freshness, freshness);
    Object.assign(result.capacities, capacities);
    if (control) result.controls[part.name] = control;
    if (control && !isControlled(control)) {
      const { low, high } = boundsOf(control);
      result.wrong.push(
        `${part.name}: the same measured twice differs by ${formatValue(control.median, '×')}, ` +
          `outside of ${low.toFixed(1)}–${high.toFixed(1)}: something else uses the machine`,
      );
    }
    return rows;
  } catch (error) {
    result.wrong.push(`${part.name}: ${(error as Error).message}`);
    return [];
  }
}
