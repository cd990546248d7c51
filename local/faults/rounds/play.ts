import { check, type Checked } from '../check.ts';
import type { Arena } from '../arena/arena.ts';
import type { ScenarioOptions } from '../scenario.ts';
import { meanwhile, onlyFirst } from '../steps.ts';
import type { Round } from './round.ts';

/** The writers work for so long before and after a fault. */
const WORK_MS = 300;
const MOST_PAUSE_MS = 1_500;

/** Why the round cannot be played here; null: it can. */
export async function missingFor(arena: Arena, { scenarios }: Round): Promise<string | null> {
  for (const { missing } of scenarios) {
    const why = (await missing?.(arena)) ?? null;
    if (why !== null) return why;
  }
  return null;
}

/** Plays a round while the writers work and the readers read, and checks everything after it. Throws what is wrong. */
export async function play(arena: Arena, round: Round, isLong: boolean): Promise<Checked> {
  const { writers, readers } = arena;
  const { scenarios, disturbances } = round;
  const isMixed = scenarios.length + disturbances.length > 1;
  writers.start();
  try {
    await meanwhile(WORK_MS);
    const disturbing = disturbances.map(async ({ run }) => {
      await meanwhile(arena.random() * MOST_PAUSE_MS * scenarios.length);
      // What it comes upon may be away just then.
      await run(arena, { isLong: false, isMixed }).catch(() => undefined);
    });
    await playAll(arena, round, { isLong: isLong && !isMixed, isMixed });
    await Promise.all(disturbing);
    // Those may have ended it.
    await onlyFirst(arena);
    await meanwhile(WORK_MS);
  } finally {
    await writers.pause();
  }
  const checked = await check(arena);
  const [violation] = readers.violations;
  if (violation !== undefined) throw new Error(`readers did not read what was written: ${violation}`);
  return checked;
}

async function playAll(arena: Arena, { scenarios }: Round, options: ScenarioOptions): Promise<void> {
  for (const [index, { run }] of scenarios.entries()) {
    if (index > 0) await meanwhile(arena.random() * MOST_PAUSE_MS);
    await run(arena, options);
  }
}
