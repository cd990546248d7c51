import type { SinkName } from '@eduplatform/contracts/search-servers';
import type { Queryable } from '@eduplatform/db/transaction';

export type { SinkName };

/** The generations of a sink's read model, as Postgres knows them: where it stands here is what counts. */
export interface Generations {
  /** What readers use; 0 before the first build. */
  generation: number;
  /** What a rollback goes back to. */
  previous: number | null;
  /** What is being built or caught up beside it. */
  next: number | null;
  /** The highest that was ever given out. */
  last: number;
  /** Why it has to be built anew; null when it need not be. */
  needsRebuild: string | null;
}

const READ = `
  select generation, previous_generation as previous, next_generation as next, last_generation as last,
         needs_rebuild as "needsRebuild"
  from indexer_sinks where sink = $1`;

const NONE: Generations = { generation: 0, previous: null, next: null, last: 0, needsRebuild: null };

export async function readGenerations(db: Queryable, sink: SinkName): Promise<Generations> {
  const { rows } = await db.query<Generations>(READ, [sink]);
  return rows[0] ?? NONE;
}

// Never one that the sink already knows: what is left in it would come back.
const BEGIN = `
  insert into indexer_sinks as s (sink, generation, last_generation) values ($1, $2 + 1, $2 + 1)
  on conflict (sink) do update
  set generation = greatest(s.last_generation, s.generation, $2) + 1,
      last_generation = greatest(s.last_generation, s.generation, $2) + 1,
      previous_generation = null, needs_rebuild = null, updated_at = now()
  returning generation`;

/**
 * A new generation in the place of the one in use, which is lost. It is greater than any before and than `known`, the
 * highest that the sink itself has.
 */
export async function beginGeneration(db: Queryable, sink: SinkName, known: number): Promise<number> {
  const { rows } = await db.query<{ generation: number }>(BEGIN, [sink, known]);
  if (!rows[0]) throw new Error(`no generation was made for ${sink}`);
  return rows[0].generation;
}

/**
 * A leader that was paused may wake up in the middle of a step after another one took over: whatever moves generations
 * holds this row, which taking over writes, and does nothing in a later term.
 */
const TERM = `term as (select from stream_state where epoch = $2 for share)`;

const ALLOT = `
  with ${TERM}
  update indexer_sinks s
  set next_generation = coalesce(s.next_generation, greatest(s.last_generation, s.generation, $3) + 1),
      last_generation = coalesce(s.next_generation, greatest(s.last_generation, s.generation, $3) + 1),
      updated_at = now()
  from term where s.sink = $1
  returning s.next_generation as generation`;

/** The generation to be built beside the one in use; the same one again until it is swapped in or given up. */
export const allotNext = (db: Queryable, sink: SinkName, epoch: number, known: number): Promise<number> =>
  one(db, ALLOT, [sink, epoch, known]);

const RECALL = `
  with ${TERM}
  update indexer_sinks s set next_generation = s.previous_generation, updated_at = now()
  from term where s.sink = $1 and s.previous_generation is not null
    and (s.next_generation is null or s.next_generation = s.previous_generation)
  returning s.next_generation as generation`;

/** Takes the previous generation as the next one, for a rollback. Throws when there is none. */
export const recallPrevious = (db: Queryable, sink: SinkName, epoch: number): Promise<number> =>
  one(db, RECALL, [sink, epoch]);

const SWAP = `
  with ${TERM}, swapped as (
    update indexer_sinks s
    set previous_generation = case when $5 then s.generation end, generation = s.next_generation,
        next_generation = null, needs_rebuild = null, updated_at = now()
    from term where s.sink = $1 and s.next_generation = $3
    returning s.generation
  ), noted as (
    update indexer_jobs j set progress = j.progress || '{"phase": "cleanup"}' from swapped where j.id = $4
  )
  select generation from swapped`;

export interface Swap {
  /** The generation to be swapped in. */
  next: number;
  /** The job that did it, which from then on has only to clean up. */
  job: string;
  /** Whether the generation in use until now stays for a rollback. */
  keepsPrevious: boolean;
}

/**
 * Makes the next generation the one in use. This statement is the moment of the swap: readers follow when the sink is
 * opened again, now or by whoever leads next.
 */
export const swapIn = (
  db: Queryable,
  sink: SinkName,
  epoch: number,
  { next, job, keepsPrevious }: Swap,
): Promise<number> => one(db, SWAP, [sink, epoch, next, job, keepsPrevious]);

const GIVE_UP = `
  with ${TERM}
  update indexer_sinks s set next_generation = null, updated_at = now()
  from term where s.sink = $1
  returning s.generation`;

/** Gives the next generation up; what is left of it is garbage. */
export const giveUpNext = (db: Queryable, sink: SinkName, epoch: number): Promise<number> =>
  one(db, GIVE_UP, [sink, epoch]);

async function one(db: Queryable, statement: string, values: unknown[]): Promise<number> {
  const { rows } = await db.query<{ generation: number }>(statement, values);
  if (!rows[0]) throw new GenerationError();
  return rows[0].generation;
}

/** The step was not due: another one did it, a newer leader took over, or there is nothing to go back to. */
export class GenerationError extends Error {
  constructor() {
    super('the generations are not as they were expected');
    this.name = 'GenerationError';
  }
}
