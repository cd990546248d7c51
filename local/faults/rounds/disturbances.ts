import { cancelJob, requestJob } from '@eduplatform/indexer/jobs/jobs';
import type { Arena } from '../arena/arena.ts';
import type { Scenario } from '../scenario.ts';
import { leftOpen, terminate } from '../scenarios/postgres.ts';
import { withRedis } from '../scenarios/with-redis.ts';
import { meanwhile } from '../steps.ts';

const sinkOf = ({ random }: Arena): 'redis' | 'search' => (random() < 0.5 ? 'redis' : 'search');

/** Somebody else may have asked for a job already. */
async function ask(arena: Arena, kind: 'reindex' | 'rollback'): Promise<string | null> {
  const wanted = { kind, sink: sinkOf(arena), params: {}, requestedBy: null };
  return requestJob(arena.writers.pool, wanted).then(
    ({ id }) => id,
    () => null,
  );
}

/** What may come upon any fault, and takes nothing away that a fault itself relies on. */
export const DISTURBANCES: readonly Scenario[] = [
  { name: 'a rebuild', run: async (arena) => void (await ask(arena, 'reindex')) },
  { name: 'a rollback', run: async (arena) => void (await ask(arena, 'rollback')) },
  {
    name: 'a rebuild that is canceled',
    async run(arena) {
      const id = await ask(arena, 'reindex');
      await meanwhile(arena.random() * 1_500);
      if (id !== null) await cancelJob(arena.writers.pool, id);
    },
  },
  { name: 'Redis flushed', run: (arena) => withRedis(arena, (redis) => redis.flushall()) },
  {
    name: 'connections to Redis killed',
    run: (arena) => withRedis(arena, (redis) => redis.call('CLIENT', 'KILL', 'TYPE', 'normal')),
  },
  { name: 'LISTEN dropped', run: async (arena) => void (await terminate(arena, 'indexer-listen')) },
  { name: 'a transaction left open', run: ({ postgres, random }) => leftOpen(postgres.databaseUrl, random() * 3_000) },
];
