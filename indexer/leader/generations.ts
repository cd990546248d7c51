import type { Queryable } from '@eduplatform/db/transaction';

export type SinkName = 'redis' | 'search';

const CURRENT: Record<SinkName, string> = {
  redis: 'select redis_generation as generation from stream_state',
  search: 'select search_generation as generation from stream_state',
};

// Never one that the sink already knows: what is left in it would come back.
const NEXT: Record<SinkName, string> = {
  redis: `update stream_state set redis_generation = greatest(redis_generation, $1) + 1
          returning redis_generation as generation`,
  search: `update stream_state set search_generation = greatest(search_generation, $1) + 1
           returning search_generation as generation`,
};

/** The generation of a read model that is in use; 0 before the first build. */
export const currentGeneration = (db: Queryable, sink: SinkName): Promise<number> => one(db, CURRENT[sink], []);

/** A new generation, greater than any before and than `known`, the highest that the sink itself has. */
export const nextGeneration = (db: Queryable, sink: SinkName, known: number): Promise<number> =>
  one(db, NEXT[sink], [known]);

async function one(db: Queryable, statement: string, values: number[]): Promise<number> {
  const { rows } = await db.query<{ generation: number }>(statement, values);
  if (!rows[0]) throw new Error('stream_state is empty; run the migrations');
  return rows[0].generation;
}
