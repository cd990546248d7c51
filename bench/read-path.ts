import { join } from 'node:path';
import type { Scale } from '@eduplatform/seed/scale/sizes';
import { startGenerator } from './load/generator.ts';
import { describeMachine } from './machine.ts';
import { describePinning } from './pinning.ts';
import { readCourses } from './read-path/courses.ts';
import type { Arena } from './read-path/contenders.ts';
import type { Bench, Part } from './read-path/part.ts';
import { keyed } from './read-path/parts/keyed.ts';
import { mixedLoad } from './read-path/parts/mixed-load.ts';
import { pages } from './read-path/parts/pages.ts';
import { PROFILES, profileReadApi, type Profiled } from './read-path/profile.ts';
import { redisCommands } from './read-path/parts/redis.ts';
import { search } from './read-path/parts/search.ts';
import { writes } from './read-path/parts/writes.ts';
import { Progress } from './read-path/progress.ts';
import { CONTROL, isControlled } from './read-path/ratios.ts';
import { writeReport } from './read-path/report/write.ts';
import type { BenchResult } from './read-path/result.ts';
import { describeRow, formatValue, verdictOn } from './read-path/rows.ts';
import { readVersions } from './read-path/versions.ts';
import { startArena } from './read-path/world.ts';

/** In the order in which they run. */
const PARTS: readonly Part[] = [keyed, redisCommands, pages, search, writes, mixedLoad];

/** Everything that `--only` can name. */
export const ROW_NAMES: readonly string[] = PARTS.flatMap(({ rows }) => rows);

/** Everything that `--profile` can name. */
export const PROFILE_NAMES = PROFILES;

/** 0: the targets hold; 1: something was wrong, so the figures are void; 2: a target is missed. */
export type Outcome = 0 | 1 | 2;

export interface ReadPathOptions {
  scale: Scale;
  rounds: number;
  /** Of one burst. */
  seconds: number;
  only: readonly string[];
  /** Kinds of requests that flame graphs are made of. */
  profiles: readonly Profiled[];
  /** Folder in which the report's own folder is made. */
  results: string;
}

const WARM_UP_SECONDS = 3;
/** Requests are drawn from so many of the most popular courses. */
const COURSES = 10_000;

/** Measures the read path against its targets and writes the report. */
export async function benchReadPath(options: ReadPathOptions, print: (line: string) => void): Promise<Outcome> {
  const startedAt = new Date();
  print(`Machine: ${describeMachine()}`);
  print(describePinning());
  const arena = await startArena(print, options.scale);
  try {
    const folder = join(options.results, nameOf(startedAt));
    const result = await measureAll(arena, options, { startedAt, folder }, print);
    await writeReport(folder, result);
    return conclude(result, folder, print);
  } finally {
    await arena.stack.stop();
  }
}

/** A name that sorts by time and is a file name everywhere. */
const nameOf = (at: Date): string => at.toISOString().slice(0, 19).replaceAll(':', '-');

async function measureAll(
  arena: Arena,
  { scale, rounds, seconds, only, profiles }: ReadPathOptions,
  { startedAt, folder }: { startedAt: Date; folder: string },
  print: (line: string) => void,
): Promise<BenchResult> {
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
  const common = { arena, measuring, scale, courses, rounds, seconds, warmUpSeconds: WARM_UP_SECONDS, wanted };
  for (const part of parts) {
    await play(part, { ...common, step: (step) => progress.begin(part.name, step) }, result);
    progress.clear();
    for (const row of result.rows.filter(({ id }) => part.rows.includes(id))) print(describeRow(row));
  }
  for (const kind of profiles) {
    print(`Flame graph: ${await profileReadApi({ ...common, step: () => {} }, kind, folder)}`);
  }
  result.seconds = (Date.now() - startedAt.getTime()) / 1000;
  return result;
}

async function play(part: Part, bench: Bench, result: BenchResult): Promise<void> {
  try {
    const { rows, series, curves, freshness, capacities, control } = await part.run(bench);
    result.rows.push(...rows);
    if (series) result.series[part.name] = series;
    if (curves) result.curves[part.name] = curves;
    Object.assign(result.freshness, freshness);
    Object.assign(result.capacities, capacities);
    if (!control) return;
    result.controls[part.name] = control;
    if (!isControlled(control)) {
      result.wrong.push(
        `${part.name}: two processes of the same program differ by ${formatValue(control.median, '×')}, ` +
          `outside of ${CONTROL.low}–${CONTROL.high}: something else uses the machine`,
      );
    }
  } catch (error) {
    result.wrong.push(`${part.name}: ${(error as Error).message}`);
  }
}

function conclude({ rows, wrong }: BenchResult, folder: string, print: (line: string) => void): Outcome {
  for (const line of wrong) print(`WRONG: ${line}`);
  print(`Report: ${join(folder, 'report.md')}`);
  const judged = rows.filter(({ target }) => target !== null);
  const missed = judged.filter((row) => verdictOn(row) === 'missed').map(({ id }) => id);
  const held = judged.filter((row) => verdictOn(row) === 'holds').length;
  const unmeasured = judged.filter((row) => verdictOn(row) === 'not measured').map(({ id }) => id);
  const verdict = wrong.length > 0 ? 'void' : missed.length > 0 ? 'missed' : 'holds';
  const further = [
    missed.length > 0 ? `; missed: ${missed.join(', ')}` : '',
    unmeasured.length > 0 ? `; not measured: ${unmeasured.join(', ')}` : '',
  ];
  print(`read path ${verdict}: ${held} of ${judged.length} targets${further.join('')}`);
  return wrong.length > 0 ? 1 : missed.length > 0 ? 2 : 0;
}
