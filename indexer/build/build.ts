import type { Queryable } from '@eduplatform/db/transaction';
import { checkpointPosition, type Checkpoint } from '../checkpoint.ts';
import { courseKeys } from '../projections/keys.ts';
import { liveCourses } from '../projections/pages.ts';
import { loadChanges } from '../run/apply-batch.ts';
import type { Sink } from '../sinks/sink.ts';

const COUNT_LIVE = 'select count(*)::int as total from courses where live_revision is not null';

export interface BuildProgress {
  done: number;
  total: number;
}

/**
 * Fills a read model from Postgres, with the same `load` as the stream. Every document gets the horizon that was noted
 * before the first load as its version: whatever commits meanwhile comes later in the stream, with a greater one. A
 * build that was cut short goes on after the last course it finished, from its first horizon; with a later one, what
 * was deleted in between would stay for ever.
 */
export async function build(
  db: Queryable,
  sink: Sink,
  start: Checkpoint,
  options: { signal: AbortSignal; onProgress: (progress: BuildProgress) => void },
): Promise<Checkpoint> {
  const version = checkpointPosition(start);
  const { rows } = await db.query<{ total: number }>(COUNT_LIVE);
  const total = rows[0]?.total ?? 0;
  let checkpoint = start;
  let done = 0;
  options.onProgress({ done, total });
  for await (const ids of liveCourses(db, start.builtUpTo)) {
    options.signal.throwIfAborted();
    const changes = await loadChanges(db, sink, courseKeys(ids), version);
    checkpoint = { ...checkpoint, builtUpTo: ids.at(-1) ?? checkpoint.builtUpTo };
    await sink.apply(changes, { checkpoint, watermark: null });
    done += ids.length;
    options.onProgress({ done, total: Math.max(total, done) });
  }
  const categories = await loadChanges(db, sink, { ...courseKeys([]), categories: true }, version);
  checkpoint = { ...checkpoint, state: 'live' };
  const watermark = { position: version, at: new Date().toISOString() };
  await sink.apply(categories, { checkpoint, watermark });
  return checkpoint;
}
