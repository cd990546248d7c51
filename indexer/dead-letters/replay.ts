import { withVersion } from '../projections/draft-change.ts';
import type { DocumentSource } from '../projections/document-source.ts';
import { loadDocuments } from '../projections/load-documents.ts';
import type { Projection } from '../projections/projection.ts';
import type { Queryable } from '@eduplatform/db/transaction';
import type { Sink } from '../sinks/sink.ts';
import { readHorizon } from '../source/horizon.ts';
import { positionOf } from '../source/outbox-row.ts';
import type { DeadLetters } from './dead-letters.ts';

/** Tried again at a time. */
const BATCH = 50;

export interface ReplayOptions {
  db: Queryable;
  sink: Pick<Sink, 'apply' | 'mark'> & { readonly projections: readonly Projection[] };
  letters: DeadLetters;
  sourceOf: (key: string) => DocumentSource | null;
  history: number;
}

/**
 * Tries again what operators asked for: each document as it stands now. Its version is the horizon noted before it was
 * loaded: it contains every transaction before that one, and whatever comes later has a greater version. The sink itself
 * removes the dead letter, or counts another attempt.
 */
export async function replayRequested({ db, sink, letters, sourceOf, history }: ReplayOptions): Promise<number> {
  const requested = await letters.requested(BATCH);
  if (requested.length === 0) return 0;
  const keys = requested.map(({ key }) => key);
  const version = positionOf(history, await readHorizon(db));
  const changes = withVersion(await loadDocuments(db, sink.projections, sourceOf, keys), version);
  await sink.apply(changes, null);
  // What the sink holds in a newer version was neither written nor refused. (One that was refused may have been requested
  // again already; the count of its attempts tells.)
  const needless = await letters.dropUntried(requested);
  if (needless.length > 0) await sink.mark(needless, false);
  return keys.length;
}
