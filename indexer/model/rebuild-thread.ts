import type { Checkpoint } from '../checkpoint.ts';
import { hasMissed } from '../run/opening.ts';
import { isEnd } from '../run/term-errors.ts';
import { ReopenError } from '../sinks/sink.ts';
import type { Driver } from './driver.ts';
import type { Leader } from './leader.ts';
import { judge } from './sink-thread.ts';
import { ask, pass, type Steps } from './steps.ts';
import { build, follow, startOf } from './stream.ts';

/** Carries out what is wanted of a sink's generations, as the steward does. */
export function* keepGenerations(leader: Leader, live: Driver): Steps<void> {
  const { postgres } = leader.world;
  const { name } = live;
  for (;;) {
    try {
      const job = yield* ask('postgres', () => postgres.data.jobs[name]);
      if (!leader.isLive[name] || (!job && !leader.wantsRebuild[name])) continue;
      yield* rebuild(leader, live.beside(), job ?? 'reindex');
      yield* cleanUp(leader, live);
    } catch (error) {
      if (isEnd(error)) throw error;
    } finally {
      leader.hold[name] = null;
    }
  }
}

function* rebuild(leader: Leader, next: Driver, job: 'reindex' | 'rollback'): Steps<void> {
  const { world, term } = leader;
  const { postgres, off } = world;
  const { name } = next;
  const opened = yield* job === 'rollback' ? openPrevious(leader, next) : openNext(leader, next);
  if (!opened) return;
  const { generation } = opened;
  let checkpoint =
    opened.checkpoint.state === 'building' ? yield* build(opened.checkpoint, world, next) : opened.checkpoint;
  const followUntil = (isOver: () => boolean): Steps<Checkpoint> =>
    follow(checkpoint, { world, driver: next, isOver, onCommit: (stands) => (checkpoint = stands) });
  const target = leader.stands[name];
  const hasReached = (upTo: Checkpoint | null): boolean => {
    // Rows that were dropped are between the two as well.
    if (hasMissed(checkpoint, postgres.droppedUpTo)) throw new ReopenError('rows that it lacks were dropped');
    return !upTo || !postgres.hasRowsBetween(checkpoint.identity.history, checkpoint.cursor, upTo.cursor);
  };
  const isCareful = off !== 'both generations stand at one position for the swap';
  if (isCareful) checkpoint = yield* followUntil(() => hasReached(target));
  leader.hold[name] = { standing: null };
  for (;;) {
    const standing = leader.hold[name]?.standing;
    if (standing) {
      if (isCareful) checkpoint = yield* followUntil(() => hasReached(standing));
      break;
    }
    yield* pass();
  }
  // Its checkpoint has to be on record first.
  yield* next.apply([], null);
  yield* ask('postgres', () =>
    postgres.inTerm(term.epoch, () => {
      const { sinks, jobs } = postgres.data;
      if (sinks[name].next !== generation) throw new Error('the generations are not as they were expected');
      const previous = sinks[name].generation;
      sinks[name] = { ...sinks[name], previous, generation, next: null, needsRebuild: null };
      jobs[name] = null;
    }),
  );
  leader.wantsRebuild[name] = false;
  leader.hold[name] = null;
  // Until readers are told of it, what they were told of is kept.
  while (!leader.isLive[name] || leader.generation[name] < generation) yield* pass();
}

interface Begun {
  generation: number;
  checkpoint: Checkpoint;
}

function* openNext(leader: Leader, next: Driver): Steps<Begun | null> {
  const { world, term, highest } = leader;
  const { postgres } = world;
  const { name } = next;
  for (;;) {
    const begun = yield* ask('postgres', () => postgres.data.sinks[name].next);
    const generation = yield* ask('postgres', () =>
      postgres.inTerm(term.epoch, () => {
        const sink = postgres.data.sinks[name];
        const allotted = sink.next ?? Math.max(sink.last, sink.generation, highest[name]) + 1;
        postgres.data.sinks[name] = { ...sink, next: allotted, last: allotted };
        return allotted;
      }),
    );
    const { checkpoint } = yield* next.open(generation, term.epoch);
    if (checkpoint && (yield* judge(leader, checkpoint, false)) === 'continue') return { generation, checkpoint };
    if (begun === null) {
      const start = yield* startOf(world, term.identity);
      yield* next.create(generation, start);
      return { generation, checkpoint: start };
    }
    yield* giveUp(leader, next);
  }
}

function* openPrevious(leader: Leader, next: Driver): Steps<Begun | null> {
  const { world, term } = leader;
  const { postgres } = world;
  const { name } = next;
  const generation = yield* ask('postgres', () =>
    postgres.inTerm(term.epoch, () => {
      const sink = postgres.data.sinks[name];
      const isFree = sink.previous !== null && (sink.next === null || sink.next === sink.previous);
      if (!isFree) return null;
      postgres.data.sinks[name] = { ...sink, next: sink.previous };
      return sink.previous;
    }),
  );
  if (generation !== null) {
    const { checkpoint } = yield* next.open(generation, term.epoch);
    if (checkpoint && (yield* judge(leader, checkpoint, false)) === 'continue') return { generation, checkpoint };
  }
  yield* giveUp(leader, next);
  yield* ask('postgres', () => (postgres.data.jobs[name] = null));
  return null;
}

function* giveUp({ world: { postgres }, term }: Leader, { name }: Driver): Steps<void> {
  yield* ask('postgres', () =>
    postgres.inTerm(term.epoch, () => {
      postgres.data.sinks[name] = { ...postgres.data.sinks[name], next: null };
    }),
  );
}

function* cleanUp({ world: { postgres } }: Leader, live: Driver): Steps<void> {
  const { generation, previous, next, last } = yield* ask('postgres', () => postgres.data.sinks[live.name]);
  const kept = new Set([generation, previous, next]);
  yield* live.removeGenerations((found) => found <= last && !kept.has(found));
}
