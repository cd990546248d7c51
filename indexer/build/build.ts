import type { Queryable } from '@eduplatform/db/transaction';
import { checkpointPosition, type BuildMark, type Checkpoint } from '../checkpoint.ts';
import type { Projection } from '../projections/projection.ts';
import { loadChanges } from '../run/apply-batch.ts';
import type { Sink } from '../sinks/sink.ts';

export interface BuildProgress {
  done: number;
  /** An estimate for large tables. */
  total: number;
}

/**
 * Fills a read model from Postgres, one kind after another, with the same projections as the stream. Every document gets
 * the horizon that was noted before the first load as its version: whatever commits meanwhile comes later in the stream,
 * with a greater one. A build that was cut short goes on after the last key it finished, from its first horizon; with a
 * later one, what was deleted in between would stay for ever.
 */
export async function build(
  db: Queryable,
  sink: Sink,
  start: Checkpoint,
  options: { signal: AbortSignal; onProgress: (progress: BuildProgress) => void },
): Promise<Checkpoint> {
  const version = checkpointPosition(start);
  const left = leftToDo(sink.projections, start.builtUpTo);
  const counts = await Promise.all(left.map(({ projection }) => projection.count(db)));
  const total = counts.reduce((all, count) => all + count, 0);
  let checkpoint = start;
  let done = 0;
  options.onProgress({ done, total });
  for (const { projection, after } of left) {
    for await (const page of projection.all(db, after)) {
      options.signal.throwIfAborted();
      checkpoint = { ...checkpoint, builtUpTo: { kind: projection.kind, key: page.last } };
      await sink.apply(await loadChanges(page, version), { checkpoint, watermark: null });
      done += page.size;
      options.onProgress({ done, total: Math.max(total, done) });
    }
  }
  checkpoint = { ...checkpoint, state: 'live' };
  await sink.apply([], { checkpoint, watermark: { position: version, at: new Date().toISOString() } });
  return checkpoint;
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
