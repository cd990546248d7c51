import { transaction } from '@eduplatform/db/transaction';
import type pg from 'pg';
import { copyPieces } from '../copy.ts';
import type { ChunkOutline, Generator, PhaseOutline, TableText } from './generator.ts';

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
/** Postgres works on as many chunks at a time. */
const CONNECTIONS = 2;
/** Chunks that are generated before they are needed: bounds the memory. */
const AHEAD = 2;

interface PhaseOptions extends LoadOptions {
  generator: Generator;
  prefix: string;
  loaded: ReadonlySet<string>;
}

/**
 * Loads the chunks that are not loaded yet, each in a transaction of its own that also notes it: whenever this is cut off,
 * the next run goes on with the first that is missing. Throws the signal's reason when aborted, between two chunks.
 */
export async function loadPhases(pool: pg.Pool, generator: Generator, options: LoadOptions): Promise<void> {
  const prefix = `${options.name}: `;
  const { rows } = await pool.query<{ name: string }>(LOADED, [prefix]);
  const loaded = new Set(rows.map(({ name }) => name));
  for (const phase of generator.phases) await loadPhase(pool, phase, { ...options, generator, prefix, loaded });
}

async function loadPhase(
  pool: pg.Pool,
  { title, chunks }: PhaseOutline,
  { generator, prefix, loaded, onProgress, signal }: PhaseOptions,
): Promise<void> {
  const left = chunks.filter(({ name }) => !loaded.has(prefix + name));
  const sum = (some: ChunkOutline[]): number => some.reduce((all, { size }) => all + size, 0);
  const total = sum(chunks);
  let done = total - sum(left);
  const before = done;
  const began = performance.now();
  const tell = (): void => {
    const seconds = (performance.now() - began) / 1000;
    onProgress({ phase: title, done, total, ratePerSecond: seconds > 0 ? Math.round((done - before) / seconds) : 0 });
  };
  const queue = generated(left, generator);
  const loader = async (): Promise<void> => {
    for (const { chunk, tables } of queue) {
      signal?.throwIfAborted();
      await loadChunk(pool, prefix + chunk.name, await tables);
      done += chunk.size;
      tell();
    }
  };
  tell();
  const outcomes = await Promise.allSettled(Array.from({ length: CONNECTIONS }, loader));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Each chunk with its rows, which are generated while those before it are loaded. */
function* generated(chunks: ChunkOutline[], generator: Generator) {
  const ahead: { chunk: ChunkOutline; tables: Promise<TableText[]> }[] = [];
  for (const chunk of chunks) {
    const tables = generator.tablesOf(chunk.name);
    // When it fails, that is told in its turn.
    tables.catch(() => undefined);
    ahead.push({ chunk, tables });
    if (ahead.length > AHEAD) yield* ahead.splice(0, 1);
  }
  yield* ahead;
}

function loadChunk(pool: pg.Pool, name: string, tables: TableText[]): Promise<void> {
  return transaction(pool, async (tx) => {
    await tx.query(NOTE, [name]);
    for (const { table, columns, pieces } of tables) await copyPieces(tx, table, columns, pieces);
  });
}
