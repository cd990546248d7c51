import { eventually } from '../../platform/wait.ts';
import type { Arena } from '../arena.ts';
import { leaderOf, meanwhile, onlyFirst, type Scenario } from '../scenario.ts';
import type { SearchRequest } from '../search-proxy.ts';

const SESSION_MS = 3_000;
const BOUNDARY_MS = 20_000;

/** The requests between which an indexer may be killed, as the search server sees them. */
const BOUNDARIES: Record<string, { is: (request: SearchRequest) => boolean; isAfter: boolean }> = {
  'before documents are sent': { is: isDocuments, isAfter: false },
  'when documents are enqueued': { is: isDocuments, isAfter: true },
  'when their task has succeeded': { is: ({ method, path }) => method === 'GET' && path === '/tasks', isAfter: true },
  'before the checkpoint is sent': { is: isMeta, isAfter: false },
  'when the checkpoint is enqueued': { is: isMeta, isAfter: true },
  'between looking up and sending': { is: ({ path }) => path.endsWith('/documents/fetch'), isAfter: true },
};

function isDocuments({ method, path }: SearchRequest): boolean {
  return method === 'POST' && /^\/indexes\/\w*(courses|lessons)_\w+\/documents$/.test(path);
}

function isMeta({ method, path }: SearchRequest): boolean {
  return method === 'POST' && /^\/indexes\/\w*meta_\w+\/documents$/.test(path);
}

/** Kills the leader when a request of the kind passes for the first time. */
async function killAt(arena: Arena, { is, isAfter }: { is: (request: SearchRequest) => boolean; isAfter: boolean }) {
  const { search } = arena.proxies;
  const leader = leaderOf(arena);
  const onRequest = (request: SearchRequest): void => {
    if (!is(request)) return;
    search.reset();
    leader.signal('SIGKILL');
  };
  if (isAfter) search.onAnswer = onRequest;
  else {
    search.judge = (request) => {
      onRequest(request);
      return 'pass';
    };
  }
  await leader.whenEnded(BOUNDARY_MS);
  search.reset();
}

const killsAtBoundaries: Scenario[] = Object.entries(BOUNDARIES).map(([name, boundary]) => ({
  name: `kill -9 of the indexer ${name}`,
  isShort: name === 'when documents are enqueued',
  async run(arena) {
    await killAt(arena, boundary);
    await onlyFirst(arena);
  },
}));

const killAtAnyMoment: Scenario = {
  name: 'kill -9 of the indexer at any moment, again and again',
  async run(arena) {
    for (let time = 0; time < 3; time += 1) {
      await meanwhile(50 + arena.random() * 400);
      await leaderOf(arena).kill();
      await onlyFirst(arena);
    }
  },
};

const killInRedis: Scenario = {
  name: 'kill -9 of the indexer as it writes to Redis',
  async run(arena) {
    const leader = leaderOf(arena);
    arena.proxies.redis.takeTraffic();
    const isWriting = () => arena.proxies.redis.takeTraffic().commands.some((name) => name.startsWith('eval'));
    await eventually(isWriting, { timeoutMs: BOUNDARY_MS, intervalMs: 1 });
    await leader.kill();
    await onlyFirst(arena);
  },
};

const twoLeaders: Scenario = {
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

/** `holds` what it has sent halfway when it is stopped. */
const paused = (name: string, half: (arena: Arena) => Promise<void>): Scenario => ({
  name,
  async run(arena) {
    const [first, second] = arena.indexers;
    await second?.start(false);
    await half(arena);
    first?.signal('SIGSTOP');
    // Longer than its session lives, and until the other one leads.
    await meanwhile(SESSION_MS + 500);
    await second?.whenReady();
    await meanwhile(500);
    first?.signal('SIGCONT');
    await first?.whenEnded(BOUNDARY_MS);
    await second?.kill();
    await onlyFirst(arena);
  },
});

const pausedIdle = paused(
  'the leader stopped (SIGSTOP) for longer than its session lives, then resumed',
  async () => {},
);

const pausedInSearch = paused(
  'the same with a request to the search server under way',
  async ({ proxies, indexers }) => {
    await new Promise<void>((resolve) => {
      proxies.search.judge = (request) => {
        if (isDocuments(request)) {
          proxies.search.reset();
          indexers[0]?.signal('SIGSTOP');
          resolve();
        }
        return 'pass';
      };
    });
  },
);

const pausedInRedis = paused('the same with a request to Redis under way', async ({ proxies }) => {
  proxies.redis.takeTraffic();
  const isWriting = () => proxies.redis.takeTraffic().commands.some((name) => name.startsWith('eval'));
  await eventually(isWriting, { timeoutMs: BOUNDARY_MS, intervalMs: 1 });
});

export const indexerScenarios: Scenario[] = [
  ...killsAtBoundaries,
  killInRedis,
  killAtAnyMoment,
  twoLeaders,
  pausedIdle,
  pausedInSearch,
  pausedInRedis,
];
