import { transaction } from '@eduplatform/db/transaction';
import type pg from 'pg';
import { copyRows } from '../copy.ts';
import type { Chunk, Phase } from './chunks.ts';

export interface LoadProgress {
  phase: string;
  done: number;
  total: number;
  /** Of this run. */
  ratePerSecond: number;
}

export interface LoadOptions {
  /** Of the data set: what its chunks are noted under in seed_state. */
  name: string;
  onProgress: (progress: LoadProgress) => void;
  signal?: AbortSignal;
}

const LOADED = 'select name from seed_state where starts_with(name, $1)';
const NOTE = 'insert into seed_state (name, finished_at) values ($1, now())';
/** One sends while the other waits for the server. */
const CONNECTIONS = 2;

/**
 * Loads the chunks that are not loaded yet, each in a transaction of its own that also notes it: whenever this is cut off,
 * the next run goes on with the first that is missing. Throws the signal's reason when aborted, between two chunks.
 */
export async function loadPhases(pool: pg.Pool, phases: Phase[], options: LoadOptions): Promise<void> {
  const prefix = `${options.name}: `;
  const { rows } = await pool.query<{ name: string }>(LOADED, [prefix]);
  const loaded = new Set(rows.map(({ name }) => name));
  for (const phase of phases) await loadPhase(pool, phase, { ...options, prefix, loaded });
}

async function loadPhase(
  pool: pg.Pool,
  { title, chunks }: Phase,
  { prefix, loaded, onProgress, signal }: LoadOptions & { prefix: string; loaded: ReadonlySet<string> },
): Promise<void> {
  const left = chunks.filter(({ name }) => !loaded.has(prefix + name));
  const sum = (some: Chunk[]): number => some.reduce((all, { size }) => all + size, 0);
  const total = sum(chunks);
  let done = total - sum(left);
  const before = done;
  const began = performance.now();
  const tell = (): void => {
    const seconds = (performance.now() - began) / 1000;
    onProgress({ phase: title, done, total, ratePerSecond: seconds > 0 ? Math.round((done - before) / seconds) : 0 });
  };
  const next = left.values();
  const loader = async (): Promise<void> => {
    for (const chunk of next) {
      signal?.throwIfAborted();
      await loadChunk(pool, chunk, prefix + chunk.name);
      done += chunk.size;
      tell();
    }
  };
  tell();
  const outcomes = await Promise.allSettled(Array.from({ length: CONNECTIONS }, loader));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

function loadChunk(pool: pg.Pool, chunk: Chunk, name: string): Promise<void> {
  return transaction(pool, async (tx) => {
    await tx.query(NOTE, [name]);
    for (const { table, columns, rows } of chunk.tables()) await copyRows(tx, table, columns, rows);
  });
}
