import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '@eduplatform/indexer/model/random';
import { openArena, type Arena } from './arena.ts';
import { check } from './check.ts';
import type { Scenario } from './scenario.ts';
import { contentScenarios } from './scenarios/contents.ts';
import { indexerScenarios } from './scenarios/indexers.ts';
import { postgresScenarios } from './scenarios/postgres.ts';
import { rebuildScenarios } from './scenarios/rebuilds.ts';
import { sinkScenarios } from './scenarios/sinks.ts';

export const SCENARIOS: readonly Scenario[] = [
  ...indexerScenarios,
  ...postgresScenarios,
  ...contentScenarios,
  ...sinkScenarios,
  ...rebuildScenarios,
];

/** What the issue of faults cannot bring about, and why. */
export const NOT_PLAYED = ['the clock jumps under one process: libfaketime is not part of this repository'];

/** The writers work for so long before and after a fault. */
const WORK_MS = 300;

export interface FaultsOptions {
  seed: number;
  /** Each plays one scenario; beyond the list they are chosen by chance. */
  rounds: number;
  scenarios: readonly Scenario[];
  /** With the long times. */
  isLong: boolean;
  say: (line: string) => void;
  signal: AbortSignal;
}

export interface FaultsResult {
  passed: number;
  failed: string[];
  skipped: number;
  commands: number;
}

/** Plays faults one after another on servers of its own, while eight clients write, and checks everything after each. */
export async function runFaults({
  seed,
  rounds,
  scenarios,
  isLong,
  say,
  signal,
}: FaultsOptions): Promise<FaultsResult> {
  const random = new Random(seed);
  const result: FaultsResult = { passed: 0, failed: [], skipped: 0, commands: 0 };
  const arena = await openArena(() => random.next());
  try {
    for (let round = 0; round < rounds && !signal.aborted; round += 1) {
      const scenario = scenarios[round] ?? random.pick(scenarios);
      const why = scenario.missing?.(arena) ?? null;
      if (why !== null) {
        result.skipped += 1;
        say(`- ${scenario.name}: skipped, ${why}`);
        continue;
      }
      const began = performance.now();
      const outcome = await play(arena, scenario, isLong).catch((error: Error) => error);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      if (outcome instanceof Error) {
        result.failed.push(scenario.name);
        say(`✗ ${scenario.name} (${seconds} s): ${outcome.message}; logs in ${arena.directory}`);
        // What went wrong would go wrong in all that follows.
        break;
      }
      result.passed += 1;
      result.commands = outcome.commands;
      const recovered = (outcome.recoveredMs / 1000).toFixed(2);
      say(`✓ ${scenario.name} (${seconds} s; ${outcome.documents} documents, caught up in ${recovered} s)`);
    }
  } finally {
    await arena.close();
  }
  return result;
}

async function play(arena: Arena, scenario: Scenario, isLong: boolean) {
  const { writers } = arena;
  writers.start();
  try {
    await delay(WORK_MS);
    await scenario.run(arena, { isLong });
    await delay(WORK_MS);
  } finally {
    await writers.pause();
  }
  return check(arena);
}
