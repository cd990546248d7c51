import type { Queryable, Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';

/** What Postgres holds of a sink for operators. */
export interface SinkRecord {
  sink: string;
  generation: number;
  previousGeneration: number | null;
  nextGeneration: number | null;
  isPaused: boolean;
  pausedAt: Date | null;
  needsRebuild: string | null;
  deadLetters: number;
}

const LIST = `
  select s.sink, s.generation, s.previous_generation as "previousGeneration", s.next_generation as "nextGeneration",
         s.is_paused as "isPaused", s.paused_at as "pausedAt", s.needs_rebuild as "needsRebuild",
         (select count(*)::int from dead_letters d where d.sink = s.sink) as "deadLetters"
  from indexer_sinks s order by s.sink`;

export async function listSinks(db: Queryable): Promise<SinkRecord[]> {
  return (await db.query<SinkRecord>(LIST)).rows;
}

const SWITCH = `
  update indexer_sinks
  set is_paused = $2, paused_by = case when $2 then $3::uuid end, paused_at = case when $2 then coalesce(paused_at, now()) end,
      updated_at = now()
  where sink = $1 returning sink, is_paused as "isPaused"`;

/** Pauses or resumes a sink; the leader follows within a second. Throws sink_not_found. */
export async function switchSink(
  db: Queryable | Tx,
  sink: string,
  isPaused: boolean,
  by: string | null,
): Promise<{ sink: string; isPaused: boolean }> {
  const { rows } = await db.query<{ sink: string; isPaused: boolean }>(SWITCH, [sink, isPaused, by]);
  if (!rows[0]) throw new ProblemError('sink_not_found', `there is no sink called ${sink}`);
  return rows[0];
}

const EXISTS = 'select from indexer_sinks where sink = $1';

/** Throws sink_not_found. */
export async function assertSink(db: Queryable | Tx, sink: string): Promise<void> {
  const { rowCount } = await db.query(EXISTS, [sink]);
  if (rowCount === 0) throw new ProblemError('sink_not_found', `there is no sink called ${sink}`);
}
