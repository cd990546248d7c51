import { Worker } from 'node:worker_threads';
import type { Sizes } from './sizes.ts';

export interface ChunkOutline {
  name: string;
  size: number;
}

export interface PhaseOutline {
  title: string;
  chunks: ChunkOutline[];
}

/** Rows of one table in COPY's text format. */
export interface TableText {
  table: string;
  columns: readonly string[];
  pieces: Uint8Array<ArrayBuffer>[];
}

/** Generates a scale in a thread of its own: composing and formatting keep nobody waiting who talks to Postgres. */
export interface Generator {
  phases: PhaseOutline[];
  tablesOf(chunk: string): Promise<TableText[]>;
  stop(): Promise<void>;
}

export interface GeneratorOptions {
  seed: number;
  sizes: Sizes;
  /** Of everybody. */
  passwordHash: string;
}

/** From the thread: first the outline, then the rows of each chunk that was asked for, in that order. */
export type FromGenerator = { phases: PhaseOutline[] } | { chunk: string; tables: TableText[] };

export async function startGenerator(options: GeneratorOptions): Promise<Generator> {
  const worker = new Worker(new URL('./generator-thread.ts', import.meta.url), { workerData: options });
  const waiting = new Map<string, PromiseWithResolvers<TableText[]>>();
  const outline = Promise.withResolvers<PhaseOutline[]>();
  const fail = (error: unknown): void => {
    outline.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.once('error', fail);
  worker.once('exit', () => fail(new Error('the generator has ended')));
  worker.on('message', (message: FromGenerator) => {
    if ('phases' in message) return outline.resolve(message.phases);
    waiting.get(message.chunk)?.resolve(message.tables);
    waiting.delete(message.chunk);
  });
  return {
    phases: await outline.promise,
    tablesOf(chunk) {
      const answer = Promise.withResolvers<TableText[]>();
      waiting.set(chunk, answer);
      worker.postMessage(chunk);
      return answer.promise;
    },
    stop: async () => void (await worker.terminate()),
  };
}
