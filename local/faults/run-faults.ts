import { Random } from '@eduplatform/indexer/model/random';
import { openArena, type Arena } from './arena/arena.ts';
import { keepEvidence } from './evidence.ts';
import type { Tally } from './reads/readers.ts';
import { missingFor, play } from './rounds/play.ts';
import { listedRound, randomRound, type Pool, type Round } from './rounds/round.ts';

/** What writers left alone when a command failed stays in the database: after so many rounds all begins anew. */
const ROUNDS_OF_ARENA = 25;

export interface FaultsOptions {
  seed: number;
  /** First those of the list, each once, then as many at random as are left. */
  rounds: number;
  /** Also the first ones are at random. */
  isRandom: boolean;
  /** Goes on at random until so many reads with a token were answered. */
  reads: number;
  pool: Pool;
  /** With the long times. */
  isLong: boolean;
  say: (line: string) => void;
  signal: AbortSignal;
}

export interface FaultsResult {
  passed: number;
  failed: Round[];
  skipped: number;
  commands: number;
  reads: Tally;
}

/** Plays faults one after another on servers of its own, while eight clients write and others read, and checks everything after each. */
export async function runFaults(options: FaultsOptions): Promise<FaultsResult> {
  const { seed, rounds, isRandom, pool, say, signal } = options;
  const listed = isRandom ? [] : pool.scenarios;
  const result: FaultsResult = {
    ...{ passed: 0, failed: [], skipped: 0, commands: 0 },
    reads: { right: 0, stale: 0, unavailable: 0, degraded: 0, violation: 0 },
  };
  const isWanted = (number: number): boolean => number < rounds || answered(result.reads) < options.reads;
  let dice = new Random(seed);
  let arena: Arena | null = null;
  const end = async (keeps: boolean): Promise<void> => {
    if (!arena) return;
    addReads(result.reads, arena.readers.tally);
    result.commands += arena.writers.count;
    await arena.close({ keeps });
    arena = null;
  };
  try {
    for (let number = 0; isWanted(number) && !signal.aborted; number += 1) {
      const scenario = listed[number];
      const round = scenario ? listedRound(scenario, seed, pool) : randomRound(pool, seed + number - listed.length);
      if (number % ROUNDS_OF_ARENA === 0) await end(false);
      dice = new Random(round.seed);
      if (!arena) {
        arena = await openArena(() => dice.next());
        say(`on ${arena.redis.description} and ${arena.search.description}`);
      }
      const place = `[${number + 1}/${Math.max(rounds, number + 1)}]`;
      const hasFailed = await tell(arena, round, place, options, result);
      // What went wrong would go wrong in all that follows.
      if (hasFailed) await end(true);
    }
  } finally {
    await end(false);
  }
  return result;
}

/** Plays a round and says what came of it; answers whether it failed. */
async function tell(
  arena: Arena,
  round: Round,
  place: string,
  { isLong, say }: FaultsOptions,
  result: FaultsResult,
): Promise<boolean> {
  const why = await missingFor(arena, round);
  if (why !== null) {
    result.skipped += 1;
    say(`${place} - ${round.title}: skipped, ${why}`);
    return false;
  }
  const began = performance.now();
  const outcome = await play(arena, round, isLong).catch((error: Error) => error);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (outcome instanceof Error) {
    result.failed.push(round);
    const folder = await keepEvidence(arena, round, outcome);
    say(`${place} ✗ ${round.title} (${seconds} s): ${outcome.message}`);
    say(`  evidence in ${folder}, data in ${arena.directory}; again: ${round.replay}`);
    return true;
  }
  result.passed += 1;
  const recovered = (outcome.recoveredMs / 1000).toFixed(2);
  say(`${place} ✓ ${round.title} (${seconds} s; ${outcome.documents} documents, caught up in ${recovered} s)`);
  return false;
}

/** Reads with a token that got an answer; a 503 is none. */
export const answered = ({ right, stale, degraded, violation }: Tally): number => right + stale + degraded + violation;

function addReads(all: Tally, own: Tally): void {
  for (const verdict of Object.keys(own) as (keyof Tally)[]) all[verdict] += own[verdict];
}
