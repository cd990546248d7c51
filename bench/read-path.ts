import { join } from 'node:path';
import type { Scale } from '@eduplatform/seed/scale/sizes';
import { describeMachine } from './machine.ts';
import { describePinning } from './pinning.ts';
import { PROFILES, type Profiled } from './read-path/profile.ts';
import { writeReport } from './read-path/report/write.ts';
import type { BenchResult } from './read-path/result.ts';
import { verdictOn, type Row } from './read-path/rows.ts';
import { PARTS, runParts } from './read-path/run.ts';
import { startArena } from './read-path/world.ts';

const rowsOf = (parts: typeof PARTS): string[] => parts.flatMap(({ rows }) => rows);

/** Everything that `--only` can name. */
export const ROW_NAMES: readonly string[] = rowsOf(PARTS);

/** What a run measures that is not told otherwise. */
export const DEFAULT_ROWS: readonly string[] = rowsOf(PARTS.filter(({ isLong }) => !isLong));

/** What is measured of the larger scales: where more data makes a difference. */
const LARGE_ROWS: readonly string[] = rowsOf(PARTS.filter(({ growsWithData }) => growsWithData));

/** Everything that `--profile` can name. */
export const PROFILE_NAMES = PROFILES;

/** 0: the targets hold; 1: something was wrong, so the figures are void; 2: a target is missed. */
export type Outcome = 0 | 1 | 2;

export interface ReadPathOptions {
  /** The first is measured in all wanted rows, the others where more data makes a difference. */
  scales: readonly [Scale, ...Scale[]];
  rounds: number;
  /** Of one burst. */
  seconds: number;
  only: readonly string[];
  /** Kinds of requests that flame graphs are made of. */
  profiles: readonly Profiled[];
  /** Folder in which the report's own folder is made. */
  results: string;
}

/** Measures the read path against its targets and writes a report for each scale. */
export async function benchReadPath(options: ReadPathOptions, print: (line: string) => void): Promise<Outcome> {
  print(`Machine: ${describeMachine()}`);
  print(describePinning());
  const folder = join(options.results, nameOf(new Date()));
  const verdicts: Verdict[] = [];
  for (const [index, scale] of options.scales.entries()) {
    const isFirst = index === 0;
    const run = {
      ...{ scale, rounds: options.rounds, seconds: options.seconds },
      only: isFirst ? options.only : options.only.filter((row) => LARGE_ROWS.includes(row)),
      profiles: isFirst ? options.profiles : [],
      folder: isFirst ? folder : join(folder, scale),
    };
    const arena = await startArena(print, scale);
    try {
      const result = await runParts(arena, run, print);
      if (isFirst) result.settings.furtherScales = options.scales.slice(1);
      await writeReport(run.folder, result);
      for (const line of result.wrong) print(`WRONG: ${line}`);
      print(`Report: ${join(run.folder, 'report.md')}`);
      verdicts.push(verdictOf(result));
    } finally {
      await arena.stack.stop();
    }
  }
  return conclude(verdicts, print);
}

/** A name that sorts by time and is a file name everywhere. */
const nameOf = (at: Date): string => at.toISOString().slice(0, 19).replaceAll(':', '-');

interface Verdict {
  scale: string;
  outcome: Outcome;
  figure: string;
}

function verdictOf({ rows, wrong, settings }: BenchResult): Verdict {
  const judged = rows.filter(({ target }) => target !== null);
  const named = (verdict: ReturnType<typeof verdictOn>): Row[] => judged.filter((row) => verdictOn(row) === verdict);
  const list = (what: string, some: Row[]): string =>
    some.length > 0 ? `; ${what}: ${some.map(({ id }) => id).join(', ')}` : '';
  const missed = named('missed');
  const figure =
    `${named('holds').length} of ${judged.length} targets` +
    list('missed', missed) +
    list('not measured', named('not measured'));
  return { scale: settings.scale, outcome: wrong.length > 0 ? 1 : missed.length > 0 ? 2 : 0, figure };
}

function conclude(verdicts: readonly Verdict[], print: (line: string) => void): Outcome {
  const outcomes = verdicts.map(({ outcome }) => outcome);
  const outcome = outcomes.includes(1) ? 1 : outcomes.includes(2) ? 2 : 0;
  const figures = verdicts.map(({ scale, figure }) => (verdicts.length > 1 ? `${scale}: ${figure}` : figure));
  print(`read path ${(['holds', 'void', 'missed'] as const)[outcome]}: ${figures.join(' · ')}`);
  return outcome;
}
