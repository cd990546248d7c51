import type { Logger } from '@eduplatform/observability/logger';
import type { Queryable } from '@eduplatform/db/transaction';
import { noteStart } from '../build/note-start.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { beginGeneration, readGenerations } from '../leader/generations.ts';
import { startHistory, type Term } from '../leader/identity.ts';
import { MODEL } from '../projections/registry.ts';
import type { Sink } from '../sinks/sink.ts';
import { decideOpening } from './opening.ts';
import { readFound } from './read-found.ts';
import { asLateTerm, HistoryEndedError } from './term-errors.ts';

export interface OpenedSink {
  generation: number;
  highestGeneration: number;
  checkpoint: Checkpoint;
  /** It is a new generation, and empty. */
  isNew: boolean;
  /** Why the next generation has to be built beside it; null: it need not be. */
  rebuildReason: string | null;
  /** The stream has lost what it lacks: readers keep it as it is, and it must not follow. */
  isLeftBehind: boolean;
}

export interface SinkPlace {
  sink: Sink;
  db: Queryable;
  logger: Logger;
}

/** Opens the generation in use, or begins a new one in its place when there is nothing in it to go on with. */
export async function openSink({ sink, db, logger }: SinkPlace, term: Term): Promise<OpenedSink> {
  const { identity, epoch } = term;
  const { generation, needsRebuild } = await readGenerations(db, sink.name);
  const { checkpoint, highestGeneration } = await sink.open(generation, epoch).catch(asLateTerm);
  const found = await readFound(db, { checkpoint, identity, isMarked: needsRebuild !== null });
  const opening = decideOpening(found);
  if (opening === 'end-history') {
    await startHistory(db, identity.history);
    throw new HistoryEndedError(sink.name);
  }
  if (!checkpoint || opening === 'begin') {
    if (checkpoint) {
      const { model, state } = checkpoint;
      logger.info({ sink: sink.name, generation, model, wanted: MODEL, state }, 'the read model is begun anew');
    }
    return begin({ sink, db, logger }, term, highestGeneration);
  }
  const reasons = {
    continue: null,
    renew: needsRebuild ?? `it was made by model ${checkpoint.model}, and this is ${MODEL}`,
    serve: needsRebuild ?? 'the outbox no longer holds what it lacks',
  };
  return {
    ...{ generation, highestGeneration, checkpoint, isNew: false },
    rebuildReason: reasons[opening],
    isLeftBehind: opening === 'serve',
  };
}

async function begin({ sink, db }: SinkPlace, { identity }: Term, highestGeneration: number): Promise<OpenedSink> {
  const generation = await beginGeneration(db, sink.name, highestGeneration);
  const checkpoint = await noteStart(db, identity);
  await sink.create(generation, checkpoint);
  return {
    generation,
    highestGeneration: generation,
    checkpoint,
    isNew: true,
    rebuildReason: null,
    isLeftBehind: false,
  };
}
