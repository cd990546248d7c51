import type { DocumentChange } from '@eduplatform/contracts/document-change';
import { formatPosition, type Position } from '@eduplatform/contracts/positions';
import { afterRow, atHorizon, buildStart, checkpointPosition, type Checkpoint } from '../checkpoint.ts';
import { hasMissed } from '../run/opening.ts';
import { ReopenError } from '../sinks/sink.ts';
import { positionOf } from '../source/outbox-row.ts';
import { MODEL } from '../projections/registry.ts';
import type { Driver } from './driver.ts';
import type { ModelDocument, ModelRow } from './postgres.ts';
import { ask, type Steps } from './steps.ts';
import type { World } from './world.ts';

const PAGE = 2;
const MAX_BATCH = 7;

const bodyOf = (content: string): string => JSON.stringify({ content });

/** As every projection does: the documents of the keys as they stand, or what buries them. */
function changesOf(
  keys: readonly string[],
  documents: ReadonlyMap<string, ModelDocument>,
  versionOf: (key: string) => Position,
): DocumentChange[] {
  return keys.map((key) => {
    const document = documents.get(key);
    const version = versionOf(key);
    return document ? { key, version, body: bodyOf(document.content) } : { key, version, tombstone: true };
  });
}

/** What every document of a batch gets as its version; some rules are about just that. */
function versionsOf({ off }: World, rows: readonly (ModelRow & { cursor: { position: string } })[]) {
  const last = rows.at(-1);
  if (!last) throw new Error('there are no rows');
  const { history } = last;
  if (off === 'versions in stream order') {
    const version = formatPosition({ history, transactionId: '0', position: String(last.place) });
    return () => version;
  }
  if (off === 'versions of the stream') {
    const own = new Map(rows.map(({ key, version }) => [key, version]));
    return (key: string) => formatPosition({ history, transactionId: '0', position: String(own.get(key) ?? 0) });
  }
  const version = positionOf(history, { transactionId: String(last.xid), position: String(last.place) });
  return () => version;
}

export interface StreamOptions {
  world: World;
  driver: Driver;
  onCommit: (checkpoint: Checkpoint, isCaughtUp: boolean) => void;
  /** Looked at between two batches. */
  isOver: () => boolean;
}

/** Follows the outbox as `followStream` does, batch by batch. */
export function* follow(from: Checkpoint, { world, driver, onCommit, isOver }: StreamOptions): Steps<Checkpoint> {
  const { postgres, random, off } = world;
  let checkpoint = from;
  while (!isOver()) {
    const { history } = checkpoint.identity;
    const early = off === 'load after reading' ? yield* ask('postgres', () => new Map(postgres.data.documents)) : null;
    const after = checkpoint.cursor;
    const limit = 1 + random.int(MAX_BATCH);
    const { rows, horizon, droppedUpTo } = yield* ask('postgres', () => postgres.readBatch(history, after, limit));
    if (hasMissed(checkpoint, droppedUpTo)) throw new ReopenError('rows that it lacks were dropped');
    const last = rows.at(-1);
    if (!last) {
      checkpoint = atHorizon(checkpoint, horizon);
      yield* driver.apply([], { checkpoint, watermark: checkpointPosition(checkpoint) });
      onCommit(checkpoint, true);
      continue;
    }
    const keys = [...new Set(rows.map(({ key }) => key))];
    const documents = early ?? (yield* ask('postgres', () => new Map(postgres.data.documents)));
    checkpoint = afterRow(checkpoint, { ...last.cursor, id: last.id });
    const changes = changesOf(keys, documents, versionsOf(world, rows));
    yield* driver.apply(changes, { checkpoint, watermark: checkpointPosition(checkpoint) });
    onCommit(checkpoint, false);
  }
  return checkpoint;
}

/** Fills a generation page by page, as `build` does. */
export function* build(start: Checkpoint, world: World, driver: Driver): Steps<Checkpoint> {
  const { postgres, off } = world;
  const isLate = off === 'a build that was cut short keeps its horizon' && start.builtUpTo !== null;
  let checkpoint = isLate ? { ...start, cursor: yield* ask('postgres', () => postgres.horizon()) } : start;
  const version = checkpointPosition(checkpoint);
  for (;;) {
    const after = checkpoint.builtUpTo?.key ?? '';
    const page = yield* ask('postgres', () => {
      const keys = [...postgres.data.documents.keys()].filter((key) => key > after).toSorted();
      return { keys: keys.slice(0, PAGE), documents: new Map(postgres.data.documents) };
    });
    const key = page.keys.at(-1);
    if (key === undefined) break;
    checkpoint = { ...checkpoint, builtUpTo: { kind: 'things', key } };
    yield* driver.apply(
      changesOf(page.keys, page.documents, () => version),
      { checkpoint, watermark: null },
    );
  }
  if (off === 'a build gives the horizon noted before its first load') {
    checkpoint = { ...checkpoint, cursor: yield* ask('postgres', () => postgres.horizon()) };
  }
  const lastRow = yield* ask('postgres', () => newestRow(world, checkpoint));
  checkpoint = { ...checkpoint, state: 'live', lastRow };
  yield* driver.apply([], { checkpoint, watermark: checkpointPosition(checkpoint) });
  return checkpoint;
}

/** The first checkpoint of a build, with the horizon of now. */
export function* startOf(world: World, identity: Checkpoint['identity']): Steps<Checkpoint> {
  const horizon = yield* ask('postgres', () => world.postgres.horizon());
  const start = buildStart(identity, horizon, MODEL);
  return { ...start, lastRow: yield* ask('postgres', () => newestRow(world, start)) };
}

const newestRow = ({ postgres, off }: World, { identity }: Checkpoint): Checkpoint['lastRow'] =>
  off === 'a build names a row of the database that it was made of' ? null : postgres.newestRow(identity.history);
