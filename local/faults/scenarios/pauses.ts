import { DOCUMENTS, META, script, search, statement } from '../boundaries/boundary.ts';
import type { Trap } from '../../testing/trap.ts';
import type { Proxies } from '../arena/arena.ts';
import type { Scenario } from '../scenario.ts';
import { meanwhile, onlyFirst, untrap, whenSprung } from '../steps.ts';

/** The server ends a session that it has not heard of for so long. */
const SESSION_MS = 3_000;
const ENDED_MS = 120_000;

/**
 * The leader stands still until another one leads and has written on; half of a request was sent before that, and the
 * other half arrives only then, as from a network that kept it.
 */
const paused = (name: string, set?: (proxies: Proxies) => Trap, isShort = false): Scenario => ({
  ...{ name, isShort },
  async run(arena) {
    const { indexers, proxies } = arena;
    const [first, second] = indexers;
    await second?.start(false);
    const trap = set?.(proxies);
    if (trap) await whenSprung(trap);
    first?.signal('SIGSTOP');
    try {
      untrap(proxies);
      await meanwhile(SESSION_MS + 500);
      await second?.whenReady();
      await meanwhile(500);
      trap?.release();
      await meanwhile(300);
    } finally {
      first?.signal('SIGCONT');
    }
    await first?.whenEnded(ENDED_MS);
    await second?.kill();
    await onlyFirst(arena);
  },
});

const STOPPED = 'the leader stopped (SIGSTOP) for longer than its session lives, and resumed';

export const pauseScenarios: Scenario[] = [
  paused(STOPPED),
  paused(`${STOPPED}, with half of a batch sent to Redis`, script('indexerApply', 'half')),
  paused(`${STOPPED}, with half of its documents sent to the search server`, search('POST', DOCUMENTS, 'half'), true),
  paused(`${STOPPED}, with half of the checkpoint of search sent`, search('POST', META, 'half')),
  paused(`${STOPPED}, with half of an announcement sent`, script('indexerAnnounce', 'half')),
  paused(`${STOPPED}, with documents loaded and not heard of`, statement('load-courses', 'answered')),
];
