import type { Checkpoint } from '../checkpoint.ts';
import { MODEL, OLDEST_READABLE_MODEL } from '../projections/registry.ts';
import { decideOpening, type Opening } from '../run/opening.ts';
import { asLateTerm, HistoryEndedError, isEnd } from '../run/term-errors.ts';
import type { Driver } from './driver.ts';
import type { Leader } from './leader.ts';
import { ask, pass, type Steps } from './steps.ts';
import { build, follow, startOf } from './stream.ts';

/** Decides on what was found with what Postgres says of it, as `readFound` and `decideOpening` do. */
export function* judge(leader: Leader, checkpoint: Checkpoint | null, isMarked: boolean): Steps<Opening> {
  const { postgres, off } = leader.world;
  const isIgnored = off === 'a restored database is a new history';
  const identity = isIgnored && checkpoint ? checkpoint.identity : leader.term.identity;
  const found = yield* ask('postgres', () => ({
    droppedUpTo: postgres.droppedUpTo,
    isContinued: checkpoint !== null && (isIgnored || postgres.isContinued(checkpoint)),
  }));
  const model = { number: MODEL, oldestReadable: OLDEST_READABLE_MODEL };
  return decideOpening({ ...found, checkpoint, identity, isMarked, model });
}

/** Keeps one sink going, as `SinkRunner` does: rejects only when the term has to end. */
export function* keepSink(leader: Leader, driver: Driver): Steps<void> {
  for (;;) {
    try {
      yield* runSink(leader, driver);
    } catch (error) {
      if (isEnd(error)) throw error;
      leader.isLive[driver.name] = false;
    }
  }
}

function* runSink(leader: Leader, driver: Driver): Steps<void> {
  const { world, term } = leader;
  const { postgres } = world;
  const { name } = driver;
  leader.isCaughtUp[name] = false;
  const { generation, needsRebuild } = yield* ask('postgres', () => postgres.data.sinks[name]);
  const opened = yield* openOf(driver, generation, term.epoch);
  const opening = yield* judge(leader, opened.checkpoint, needsRebuild !== null);
  if (opening === 'end-history') {
    yield* ask('postgres', () => postgres.startHistory(term.identity.history));
    throw new HistoryEndedError(name);
  }
  leader.wantsRebuild[name] = opening === 'renew' || opening === 'serve';
  leader.highest[name] = opened.highestGeneration;
  leader.generation[name] = generation;
  let checkpoint = opened.checkpoint;
  if (!checkpoint || opening === 'begin') {
    const { highestGeneration } = opened;
    const begun = yield* ask('postgres', () => postgres.beginGeneration(name, highestGeneration));
    checkpoint = yield* startOf(world, term.identity);
    leader.highest[name] = begun;
    leader.generation[name] = begun;
    yield* driver.create(begun, checkpoint);
  }
  if (opening === 'serve') {
    leader.isLive[name] = true;
    while (leader.hold[name] === null) yield* pass();
  } else {
    if (checkpoint.state === 'building') checkpoint = yield* build(checkpoint, world, driver);
    leader.isLive[name] = true;
    leader.stands[name] = checkpoint;
    checkpoint = yield* follow(checkpoint, {
      ...{ world, driver, isOver: () => leader.hold[name] !== null },
      onCommit: (stands, isCaughtUp) => {
        leader.stands[name] = stands;
        leader.isCaughtUp[name] = isCaughtUp;
      },
    });
  }
  leader.isLive[name] = false;
  const hold = leader.hold[name];
  if (hold) hold.standing = checkpoint;
  while (hold && leader.hold[name] === hold) yield* pass();
}

function* openOf(driver: Driver, generation: number, epoch: number): ReturnType<Driver['open']> {
  try {
    return yield* driver.open(generation, epoch);
  } catch (error) {
    return asLateTerm(error);
  }
}
