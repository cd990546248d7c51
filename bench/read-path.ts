import { join } from 'node:path';
import type { Scale } from '@eduplatform/seed/scale/sizes';
import { describeMachine } from './machine.ts';
import { describePinning } from './pinning.ts';
import { PROFILES, type Profiled } from './read-path/profile.ts';
import { writeReport } from './read-path/report/write.ts';
import { PARTS, runParts } from './read-path/run.ts';
import { concluded, OUTCOME_WORD, verdictOnRun, type Outcome } from './read-path/verdict.ts';
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
      verdicts.push({ scale, ...verdictOnRun(result.rows, result.wrong) });
    } finally {
      await arena.stack.stop();
    }
  }
  return conclude(verdicts, print);
}

/** A name that sorts by time and is a file name everywhere. */
const nameOf = (at: Date): string => at.toISOString().slice(0, 19).replaceAll(':', '-');

interface Verdict extends ReturnType<typeof verdictOnRun> {
  scale: string;
}

function conclude(verdicts: readonly Verdict[], print: (line: string) => void): Outcome {
  const outcome = concluded(verdicts.map((one) => one.outcome));
  const figures = verdicts.map(({ scale, figure }) => (verdicts.length > 1 ? `${scale}: ${figure}` : figure));
  print(`read path ${OUTCOME_WORD[outcome]}: ${figures.join(' · ')}`);
  return outcome;
}
