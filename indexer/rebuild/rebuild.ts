import type { Logger } from '@eduplatform/observability/logger';
import type { Queryable } from '@eduplatform/db/transaction';
import { ZERO_POSITION } from '@eduplatform/contracts/positions';
import { checkpointPosition } from '../checkpoint.ts';
import {
  allotNext,
  giveUpNext,
  readGenerations,
  recallPrevious,
  swapIn,
  GenerationError,
} from '../leader/generations.ts';
import type { Term } from '../leader/identity.ts';
import { readBacklog } from '../source/backlog.ts';
import type { Sink } from '../sinks/sink.ts';
import type { SinkRunner } from '../run/sink-runner.ts';
import { assertNotBehind } from './assert-not-behind.ts';
import { compareGenerations, MAX_SUSPECTS, type Comparison } from './compare.ts';
import { GiveUpError } from './give-up-error.ts';
import type { Job } from './jobs.ts';
import type { NextGeneration } from './next-generation.ts';
import { Pacer } from './pacer.ts';
import type { ProgressNotes } from './progress-notes.ts';

/** Boundaries between the steps; a crash at any of them is made good by the next leader. */
export type RebuildStep = 'allotted' | 'created' | 'filled' | 'compared' | 'held' | 'drained' | 'swapped' | 'reopened';

export interface RebuildContext {
  db: Queryable;
  term: Term;
  /** Of the generation in use. */
  sink: Sink;
  runner: SinkRunner;
  notes: ProgressNotes;
  logger: Logger;
  signal: AbortSignal;
  /** Called between the steps. */
  onStep(step: RebuildStep): Promise<void>;
}

/**
 * Brings a job's next generation to the moment of the swap and through it, from wherever an earlier attempt has left it.
 * What has to be kept is in Postgres and in the sink itself: nothing here is lost with the process.
 */
export async function rebuild(job: Job, next: NextGeneration, context: RebuildContext): Promise<Comparison | null> {
  const { runner, signal, notes } = context;
  await runner.whenServing(signal);
  const generation = await (job.kind === 'rollback' ? openPrevious(next, context) : openNext(next, context));
  await notes.note({ phase: 'backfill', generation, done: 0, total: 0, ratePerSecond: 0, problem: null });
  const pace = new Pacer(runner.liveDelay);
  await next.fill({ signal, pace, onProgress: (progress) => notes.count('backfill', progress) });
  await context.onStep('filled');
  await catchUp(next, context);
  const comparison = await compare(job, next, context);
  await context.onStep('compared');
  await cutOver(job, next, generation, comparison, context);
  return comparison;
}

async function openNext(next: NextGeneration, { db, term, sink, runner, onStep }: RebuildContext): Promise<number> {
  for (;;) {
    const { next: begun } = await readGenerations(db, sink.name);
    const generation = await allotNext(db, sink.name, term.epoch, runner.status.highestGeneration);
    await onStep('allotted');
    if ((await next.open(generation, term)) === 'continue') return generation;
    if (begun === null) {
      await next.create(generation, term);
      await onStep('created');
      return generation;
    }
    // Half made, or no continuation of this database: what is left of it must not come back in the new one.
    await giveUpNext(db, sink.name, term.epoch);
  }
}

async function openPrevious(next: NextGeneration, { db, term, sink, onStep }: RebuildContext): Promise<number> {
  const generation = await recallPrevious(db, sink.name, term.epoch).catch((error: unknown) => {
    throw error instanceof GenerationError ? new GiveUpError('there is no generation to go back to') : error;
  });
  await onStep('allotted');
  const opening = await next.open(generation, term);
  if (opening === 'renew') throw new GiveUpError('the previous generation was made by another version');
  if (opening !== 'continue') throw new GiveUpError('the previous generation cannot be caught up any more');
  return generation;
}

/** To where the generation in use stands now, then for what came meanwhile, until the two go side by side. */
async function catchUp(next: NextGeneration, { db, runner, signal, notes }: RebuildContext): Promise<void> {
  let total = 0;
  for (let round = 0; round < 2; round += 1) {
    const target = runner.status.checkpoint;
    if (!target) return;
    await next.reach(target.cursor, signal, async ({ identity, cursor }) => {
      if (!notes.isDue) return;
      const { rows } = await readBacklog(db, identity.history, cursor);
      total = Math.max(total, rows);
      notes.count('catch-up', { done: total - rows, total });
    });
  }
}

/**
 * While both follow the stream. What is the same now stays the same, since the same changes come to both; what differs
 * is looked at again when both stand still. Null: there is nothing to compare with.
 */
async function compare(
  job: Job,
  next: NextGeneration,
  { sink, runner, signal, notes }: RebuildContext,
): Promise<Comparison | null> {
  if (runner.status.checkpoint?.model !== next.checkpoint?.model || runner.status.state !== 'live') return null;
  const horizon = job.kind === 'rollback' ? ZERO_POSITION : next.horizon;
  const onPage = async (compared: number) => notes.count('comparing', { done: compared, total: 0 });
  const comparison = await compareGenerations(sink.held, next.sink.held, { horizon, signal, onPage });
  if (comparison.suspects.length > MAX_SUSPECTS) {
    throw new GiveUpError(`more than ${MAX_SUSPECTS} documents of the next generation are behind`);
  }
  return comparison;
}

/** Both stand still at one position, the next generation is made the one in use, and the stream goes on with that. */
async function cutOver(
  job: Job,
  next: NextGeneration,
  generation: number,
  comparison: Comparison | null,
  { db, term, sink, runner, signal, notes, logger, onStep }: RebuildContext,
): Promise<void> {
  await notes.note({ phase: 'cutover' });
  const hold = await runner.hold(signal);
  try {
    await onStep('held');
    await next.reach(hold.checkpoint.cursor, signal);
    const stands = await next.drain();
    await onStep('drained');
    if (comparison) {
      const place = { history: stands.identity.history, cursor: stands.cursor };
      const both = { db, live: sink, next: next.sink, horizon: next.horizon };
      await assertNotBehind(comparison.suspects, { ...both, ...place });
    }
    // Its checkpoint has to be on record first.
    await next.close();
    const keepsPrevious = runner.status.state === 'live';
    await swapIn(db, sink.name, term.epoch, { next: generation, job: job.id, keepsPrevious });
    logger.info({ sink: sink.name, generation, position: checkpointPosition(stands) }, 'the next generation is in use');
    await onStep('swapped');
  } finally {
    hold.release();
  }
  await runner.whenServing(signal, generation);
  await onStep('reopened');
}

/** Removes what is neither in use nor kept, and closes the job. Also all that is left of a job after its swap. */
export async function cleanUp(sink: Sink, db: Queryable): Promise<void> {
  const { generation, previous, next, last } = await readGenerations(db, sink.name);
  const kept = new Set([generation, previous, next]);
  await sink.removeGenerations((found) => found <= last && !kept.has(found));
}
