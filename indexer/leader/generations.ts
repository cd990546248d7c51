import type { SinkName } from '@eduplatform/contracts/search-servers';
import type { Queryable } from '@eduplatform/db/transaction';

export type { SinkName };

const CURRENT = 'select generation from indexer_sinks where sink = $1';

// Never one that the sink already knows: what is left in it would come back.
const NEXT = `
  insert into indexer_sinks as s (sink, generation) values ($1, $2 + 1)
  on conflict (sink) do update set generation = greatest(s.generation, $2) + 1, updated_at = now()
  returning generation`;

/** The generation of a read model that is in use; 0 before the first build. */
export async function currentGeneration(db: Queryable, sink: SinkName): Promise<number> {
  const { rows } = await db.query<{ generation: number }>(CURRENT, [sink]);
  return rows[0]?.generation ?? 0;
}

/** A new generation, greater than any before and than `known`, the highest that the sink itself has. */
export async function nextGeneration(db: Queryable, sink: SinkName, known: number): Promise<number> {
  const { rows } = await db.query<{ generation: number }>(NEXT, [sink, known]);
  if (!rows[0]) throw new Error(`no generation was made for ${sink}`);
  return rows[0].generation;
}
