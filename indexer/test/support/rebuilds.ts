import type pg from 'pg';
import type { RebuildProgress } from '../../rebuild/jobs.ts';

export interface SeenJob {
  state: string;
  progress: Partial<RebuildProgress>;
  error: string | null;
}

/** Asks for a job as operators do; answers its id. */
export async function ask(pool: pg.Pool, kind: 'reindex' | 'rollback', sink: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    'insert into indexer_jobs (kind, sink) values ($1, $2) returning id',
    [kind, sink],
  );
  return rows[0]?.id ?? '';
}

export async function jobOf(pool: pg.Pool, id: string): Promise<SeenJob | undefined> {
  const { rows } = await pool.query<SeenJob>('select state, progress, error from indexer_jobs where id = $1', [id]);
  return rows[0];
}

export interface SeenGenerations {
  generation: number;
  previous: number | null;
  next: number | null;
}

export async function generationsOf(pool: pg.Pool, sink: string): Promise<SeenGenerations | undefined> {
  const { rows } = await pool.query<SeenGenerations>(
    `select generation, previous_generation as previous, next_generation as next from indexer_sinks where sink = $1`,
    [sink],
  );
  return rows[0];
}
