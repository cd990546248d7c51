import { parseCheckpoint } from '../checkpoint.ts';
import type { ModelPostgres } from './postgres.ts';
import { type Writing } from './postgres.ts';
import { BrokenError } from './readers.ts';
import type { Rule } from './rules.ts';
import { World } from './world.ts';

const KEYS = ['a', 'b', 'c', 'd', 'e'];
const CONTENTS = ['one', 'two', 'three', 'four'];
const STEPS = 1_500;
/** How often a fault comes, in steps: most seeds know but a few kinds, some know many. */
const RATES = [
  [0, 0, 0, 0, 0, 0, 0.005, 0.015],
  [0, 0, 0, 0.004, 0.015],
] as const;

type Fault = (world: World) => void;

/** Keeps copies of a server's data, to set it back to one of them later. */
function copies<T>(copy: (world: World) => T, restore: (world: World, copy: T) => void): Fault {
  let kept: T | null = null;
  return (world) => {
    if (kept === null || world.random.chance(0.5)) kept = copy(world);
    else {
      restore(world, kept);
      kept = null;
    }
  };
}

/**
 * A sink holds what was there when its documents were loaded, and names the last row that it applied. A copy that was made
 * just between the two, and is restored into the very same database, cannot be told from it.
 */
function isKnowable({ postgres, redis, engine }: World, copy: ReturnType<ModelPostgres['copy']>): boolean {
  const copied = new Set(copy.rows.map(({ id }) => id));
  const isNothingLost = postgres.data.rows.every(({ id }) => copied.has(id));
  const inSearch = [...engine.data.indexes.values()].flatMap((index) => index.get('checkpoint')?.body ?? []);
  const checkpoints = [
    ...[...redis.data.spaces.values()].map(({ checkpoint }) => checkpoint?.value ?? null),
    ...inSearch.map(parseCheckpoint),
  ];
  return isNothingLost || checkpoints.every((checkpoint) => !checkpoint?.lastRow || !copied.has(checkpoint.lastRow.id));
}

/** What may befall servers and processes; which of it does, and how often, differs from seed to seed. */
const faults = (): Record<string, Fault> => ({
  pause: ({ processes, postgres, random }) => {
    const leader = processes.find(({ id }) => id === postgres.leader) ?? processes[0];
    if (leader) leader.isPaused = true;
    // For longer than its session lives.
    if (random.chance(0.7)) postgres.leader = null;
  },
  kill: (world) => {
    if (world.processes.length > 0) world.kill(world.random.pick(world.processes));
  },
  flush: ({ redis, readers }) => {
    redis.flush();
    readers.forget();
  },
  'set Redis back': copies(
    ({ redis }) => structuredClone(redis.data),
    ({ redis, readers }, copy) => {
      redis.restart(copy);
      readers.forget();
    },
  ),
  'lose search': (world) => world.loseSearch(),
  'set search back': copies(
    ({ engine }) => engine.copy(),
    (world, copy) => {
      world.engineLife += 1;
      world.engine.restore(copy);
    },
  ),
  'set Postgres back': copies(
    (world) => {
      const copy = world.postgres.copy();
      // Now and then nothing happens in this database until then, while others of the cluster take ids.
      if (!world.isQuiet && world.random.chance(0.4)) {
        world.isQuiet = true;
        world.postgres.data.nextXid += 2;
      }
      return copy;
    },
    (world, copy) => {
      world.isQuiet = false;
      const how = world.random.pick(['dump', 'dump', 'dump elsewhere', 'files'] as const);
      if (how !== 'dump elsewhere' && !isKnowable(world, copy)) return;
      world.postgres.restore(copy, how);
      // Whoever restores a database ends all that work with it: an epoch of before may be given out again.
      for (const process of world.processes) world.kill(process);
      world.late = [];
      world.readers.forget();
      // Writers may be back before the indexer is.
      for (let moves = world.random.int(40); moves > 0; moves -= 1) write(world);
    },
  ),
  rebuild: ({ postgres, random }) => {
    postgres.data.jobs[random.pick(['redis', 'search'] as const)] ??= random.pick(['reindex', 'reindex', 'rollback']);
  },
  retain: ({ postgres, random }) => {
    const old = postgres.data.rows.filter(({ xid }) => xid < postgres.xmin - 3);
    if (old.length > 0) postgres.dropUpTo(random.pick(old));
  },
});

/** One move of the writers: they begin, write, and end in any order. */
function write({ postgres, random, keys }: World): void {
  const open = [...postgres.writing.values()];
  if (open.length < 3 && random.chance(0.4)) postgres.begin();
  else if (open.length > 0) proceed(postgres, random.pick(open), random, keys);
}

function proceed(postgres: ModelPostgres, writing: Writing, random: World['random'], keys: readonly string[]): void {
  if (writing.rows.length < 3 && random.chance(0.6)) {
    postgres.write(writing, random.pick(keys), random.chance(0.4) ? null : random.pick(CONTENTS));
  } else if (random.chance(0.1)) postgres.rollBack(writing);
  else postgres.commit(writing);
}

/** Plays a seed to its end; answers what broke, or null. */
export function play(seed: number, off: Rule | null = null): string | null {
  const world = new World(seed, off);
  const { random } = world;
  const all = Object.values(faults());
  const rates = random.pick(RATES);
  // Some seeds know one kind alone, and that often.
  const alone = random.chance(0.4) ? random.pick(all) : null;
  const weather = all.map((fault) => ({ fault, rate: alone ? Number(fault === alone) * 0.02 : random.pick(rates) }));
  try {
    world.start();
    const isLate = random.chance(0.3);
    world.lateness = isLate ? 0.08 : 0.01;
    world.keys = KEYS.slice(0, random.pick([2, 5]));
    const writing = random.pick([0.1, 0.3]);
    for (let step = 0; step < STEPS; step += 1) {
      if (world.processes.length === 0 || (world.processes.length < 3 && random.chance(0.01))) world.start();
      if (!world.isQuiet && random.chance(writing)) write(world);
      if (random.chance(0.5)) world.engine.process(random.chance(0.03));
      if (world.late.length > 0 && random.chance(isLate ? 0.15 : 0.05)) world.deliverLate();
      if (random.chance(0.01)) for (const process of world.processes) process.isPaused = false;
      for (const { fault, rate } of weather) if (random.chance(rate)) fault(world);
      world.advance();
    }
    world.settle();
    return null;
  } catch (error) {
    if (error instanceof BrokenError) return error.message;
    throw error;
  }
}
