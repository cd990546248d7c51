import type { Boundary } from '../boundaries/boundary.ts';
import { building } from '../boundaries/building.ts';
import { rebuilding } from '../boundaries/rebuilding.ts';
import { streaming } from '../boundaries/streaming.ts';
import { takingOver } from '../boundaries/taking-over.ts';
import { needsOwnSearch, type Scenario } from '../scenario.ts';
import { hasEnded, leaderOf, meanwhile, onlyFirst, untrap, whenDone, whenSprung } from '../steps.ts';

/** The leader is killed there, and what it was about to send, or to hear, is lost. */
const killAt = ({ name, isShort = false, set, prepare, provoke }: Boundary): Scenario => ({
  name: `kill -9 of the indexer ${name}`,
  isShort,
  async run(arena, { isMixed }) {
    await prepare?.(arena);
    const trap = set(arena.proxies);
    let job: string | null = null;
    // An earlier job may hold it up, which may itself be caught in the trap: so nobody waits for it before the kill.
    const provoked = provoke?.(arena).then((id) => void (job = id));
    provoked?.catch(() => {});
    try {
      await whenSprung(trap, async () => isMixed && job !== null && (await hasEnded(arena, job)));
      await leaderOf(arena).kill();
      untrap(arena.proxies);
      await onlyFirst(arena);
      await provoked;
      if (job !== null) await whenDone(arena, job, isMixed);
    } finally {
      untrap(arena.proxies);
    }
  },
});

const atAnyMoment: Scenario = {
  name: 'kill -9 of the indexer at any moment, again and again',
  async run(arena) {
    for (let time = 0; time < 3; time += 1) {
      await meanwhile(50 + arena.random() * 400);
      await leaderOf(arena).kill();
      await onlyFirst(arena);
    }
  },
};

const twoIndexers: Scenario = {
  name: 'two indexers, of which the leading one is killed',
  async run(arena) {
    const [first, second] = arena.indexers;
    await second?.start(false);
    await meanwhile(500);
    await first?.kill();
    await second?.whenReady();
    await meanwhile(300);
    await first?.start(false);
    await second?.kill();
    await onlyFirst(arena);
  },
};

export const killScenarios: Scenario[] = [
  ...streaming.map(killAt),
  ...takingOver.map(killAt),
  ...building.map((boundary) => ({ missing: needsOwnSearch, ...killAt(boundary) })),
  ...rebuilding.map(killAt),
  atAnyMoment,
  twoIndexers,
];
