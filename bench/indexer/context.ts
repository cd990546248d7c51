import type { createPool } from '@eduplatform/db/pool';
import type { SearchSpace } from '../remove-indexes.ts';
import type { Stack } from '../stack.ts';
import type { Figure } from './figure.ts';
import type { NullEngine } from './null-engine.ts';

/** What the parts of the bench work on. */
export interface Bench {
  stack: Stack;
  databaseUrl: string;
  redisUrl: string;
  pool: ReturnType<typeof createPool>;
  nullEngine: NullEngine;
  /** Rows of the large backlog. */
  rows: number;
  print: (line: string) => void;
}

/** A part of the bench; throws when it found something wrong, which makes its figures void. */
export type Part = (bench: Bench) => Promise<Figure[]>;

/** The read models that the parts without a real engine share. */
export const PREFIX = 'bench';

/** The engine that does nothing, as the parts' indexers know it. */
export const nullSearch = ({ url }: NullEngine): SearchSpace => ({
  ...{ url, masterKey: 'a-master-key-of-nothing', indexPrefix: `${PREFIX}_` },
});

/** Pauses or resumes a sink, as operators do. */
export async function setPaused(pool: Bench['pool'], sink: 'redis' | 'search', isPaused: boolean): Promise<void> {
  await pool.query(
    `insert into indexer_sinks (sink, is_paused) values ($1, $2)
     on conflict (sink) do update set is_paused = excluded.is_paused`,
    [sink, isPaused],
  );
}
