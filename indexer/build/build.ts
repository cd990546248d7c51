import type { Queryable } from '@eduplatform/db/transaction';
import { checkpointPosition, type BuildMark, type Checkpoint } from '../checkpoint.ts';
import type { Projection } from '../projections/projection.ts';
import { loadChanges } from '../run/load-parts.ts';
import type { Sink } from '../sinks/sink.ts';
import { newestRow } from '../source/newest-row.ts';
import { gather, type LoadedPage } from './gather.ts';
import { oneAhead } from './one-ahead.ts';

/** Documents in a write of a build that holds nobody up: what bounds its memory. */
const WRITTEN_TOGETHER = 4_000;

export interface BuildProgress {
  /** Keys of the projections, as is the total. */
  done: number;
  /** An estimate for large tables. */
  total: number;
  /** What they were loaded as, and written. */
  documents: number;
}

export interface BuildOptions {
  signal: AbortSignal;
  onProgress: (progress: BuildProgress) => void;
  /** Beside a stream that must not be held up: how many documents to write at a time, and what to do after each time. */
  pace?: {
    /** Nobody waits for the stream at the moment. */
    readonly isFree: boolean;
    step(): number;
    rest(tookMs: number, signal: AbortSignal): Promise<void>;
  };
}

/**
 * Fills a read model from Postgres, one kind after another, with the same projections as the stream. Every document gets
 * the horizon that was noted before the first load as its version: whatever commits meanwhile comes later in the stream,
 * with a greater one. A build that was cut short goes on after the last key it finished, from its first horizon; with a
 * later one, what was deleted in between would stay for ever.
 */
export async function build(db: Queryable, sink: Sink, start: Checkpoint, options: BuildOptions): Promise<Checkpoint> {
  const { signal, onProgress, pace } = options;
  const version = checkpointPosition(start);
  const left = leftToDo(sink.projections, start.builtUpTo);
  const counts = await Promise.all(left.map(({ projection }) => projection.count(db)));
  const total = counts.reduce((all, count) => all + count, 0);
  let checkpoint = start;
  let done = 0;
  let documents = 0;
  onProgress({ done, total, documents });
  const pages = loadedPages(db, left, version);
  // Beside a busy stream page by page: it is not to wait for many that are loaded in one go.
  const gathered = gather(pages, () => (pace && !pace.isFree ? 1 : WRITTEN_TOGETHER));
  // While one is written the next one is loaded.
  for await (const { mark, changes, size } of oneAhead(gathered)) {
    signal.throwIfAborted();
    checkpoint = { ...checkpoint, builtUpTo: mark };
    for (let at = 0; at === 0 || at < changes.length;) {
      const step = changes.slice(at, at + (pace?.step() ?? changes.length));
      at += Math.max(step.length, 1);
      const began = performance.now();
      await sink.apply(step, at >= changes.length ? { checkpoint, watermark: null } : null);
      await pace?.rest(performance.now() - began, signal);
      signal.throwIfAborted();
    }
    done += size;
    documents += changes.length;
    onProgress({ done, total: Math.max(total, done), documents });
  }
  checkpoint = { ...checkpoint, state: 'live', lastRow: await newestRow(db, start.identity.history) };
  await sink.apply([], { checkpoint, watermark: { position: version, at: new Date().toISOString() } });
  return checkpoint;
}

async function* loadedPages(
  db: Queryable,
  left: { projection: Projection; after: string | null }[],
  version: string,
): AsyncGenerator<LoadedPage> {
  for (const { projection, after } of left) {
    for await (const page of projection.all(db, after)) {
      const mark = { kind: projection.kind, key: page.last };
      yield { mark, changes: await loadChanges(page, version), size: page.size };
    }
  }
}

/** The kinds that are not done yet; the first of them goes on behind the key that was finished last. */
export function leftToDo<P extends Pick<Projection, 'kind'>>(
  projections: readonly P[],
  mark: BuildMark | null,
): { projection: P; after: string | null }[] {
  const at = mark ? projections.findIndex(({ kind }) => kind === mark.kind) : -1;
  return projections
    .slice(Math.max(at, 0))
    .map((projection, index) => ({ projection, after: index === 0 && at >= 0 ? (mark?.key ?? null) : null }));
}
