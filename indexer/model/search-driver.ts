import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Position } from '@eduplatform/contracts/positions';
import { checkpointPosition, parseCheckpoint, type Checkpoint } from '../checkpoint.ts';
import { assertNotFenced, indexName, isComplete, type FoundIndex } from '../sinks/search/indexes.ts';
import { plan } from '../sinks/search/plan.ts';
import { ReopenError } from '../sinks/sink.ts';
import type { Driver, ModelCommit, ModelOpened } from './driver.ts';
import { allKinds, type EngineDocument } from './search-engine.ts';
import { ask, type Steps } from './steps.ts';
import type { World } from './world.ts';

const CHECKPOINT = 'checkpoint';

/** The search sink as in production, request by request; its checkpoint follows behind the documents. */
export class SearchDriver implements Driver {
  readonly name = 'search';
  readonly #world: World;
  readonly #isBeside: boolean;
  /** In the names of the indexes. */
  #epoch = 0;
  #term = 0;
  #lives = { database: 0, server: 0 };
  #generation = 0;
  #lastTask = 0;
  /** Of the checkpoint that follows behind. */
  #metaTask: number | null = null;
  #writing: Position = '';
  #written: Position = '';

  constructor(world: World, isBeside = false) {
    this.#world = world;
    this.#isBeside = isBeside;
  }

  beside(): Driver {
    return new SearchDriver(this.#world, true);
  }

  *open(generation: number, epoch: number): Steps<ModelOpened> {
    const { engine, off, checkpointsBeside } = this.#world;
    this.#term = epoch;
    this.#lives = { database: this.#world.postgres.life, server: this.#world.engineLife };
    this.#use(generation, off === 'the index name fences' ? 1 : epoch);
    this.#lastTask = 0;
    const found = yield* ask('search', () => engine.list());
    if (off !== 'the index name fences') assertNotFenced(found, epoch);
    if (!this.#isBeside) yield* this.#rename(found, generation);
    const highestGeneration = Math.max(generation, ...found.map((index) => index.generation));
    // A paused leader may have made indexes under the names of its epoch since.
    const own = this.#isBeside ? found.filter((index) => index.epoch === this.#epoch && index.isBeside) : found;
    if (!isComplete(own, generation)) return { checkpoint: null, highestGeneration };
    // As the settings do: whatever an earlier attempt left in the queue comes before.
    yield* this.#succeeded(yield* this.#send(() => engine.enqueue(() => {})));
    const held = yield* ask('search', () => engine.get(this.#index('meta'), [CHECKPOINT]).get(CHECKPOINT));
    const inSink = parseCheckpoint(held?.body);
    const beside = checkpointsBeside.get(`search/${generation}`);
    const checkpoint = (off === 'the checkpoint lies in the sink' ? beside : undefined) ?? inSink;
    this.#written = inSink ? checkpointPosition(inSink) : '';
    if (checkpoint?.state === 'live') yield* this.#announce(checkpointPosition(checkpoint));
    return { checkpoint, highestGeneration };
  }

  *create(generation: number, checkpoint: Checkpoint): Steps<void> {
    this.#use(generation, this.#epoch);
    const names = allKinds((kind) => this.#index(kind));
    yield* this.#succeeded(yield* this.#send(() => this.#world.engine.create(names)));
    yield* this.#meta(checkpoint, []);
    yield* this.#metaWritten();
    yield* this.#announce(null);
  }

  *apply(changes: readonly DocumentChange[], commit: ModelCommit | null): Steps<void> {
    const { engine, off, hashesBeside } = this.#world;
    yield* this.#metaWritten();
    if (changes.length === 0) yield* this.#checkPresence();
    const own = changes.map((change) => ({ ...change, id: change.key }));
    const ids = own.map(({ id }) => id);
    const held = yield* ask('search', () => engine.get(this.#index('courses'), ids));
    const buried = yield* ask('search', () => engine.get(this.#index('meta'), ids.map(tombstoneId)));
    const tombstones = new Map([...buried.values()].map(({ id, v }) => [id.slice(tombstoneId('').length), { v }]));
    const table = (id: string) => `search/${this.#generation}/${id}`;
    if (off === 'compare hashes with the sink itself') {
      for (const id of ids)
        held.set(id, { id, v: held.get(id)?.v ?? '', h: hashesBeside.get(table(id)) ?? '', body: '' });
    }
    const { additions, deletions } = plan(own, off === 'only greater versions' ? new Map() : held, tombstones);
    const bodies = new Map(changes.map((change) => [change.key, 'body' in change ? change.body : '']));
    const documents = additions.map(({ id, version, hash }) => ({
      id,
      v: version,
      h: hash,
      body: bodies.get(id) ?? '',
    }));
    const gone = off === 'only greater versions' ? own.filter((change) => 'tombstone' in change) : deletions;
    const tasks: number[] = [];
    const index = this.#index('courses');
    if (documents.length > 0) tasks.push(yield* this.#send(() => engine.add(index, documents)));
    const goneIds = gone.map(({ id }) => id);
    if (goneIds.length > 0) tasks.push(yield* this.#send(() => engine.remove(index, goneIds)));
    if (off !== 'move when the task succeeded') for (const task of tasks) yield* this.#succeeded(task);
    for (const { id, h } of documents) hashesBeside.set(table(id), h);
    if (!commit) return;
    if (commit.watermark !== null) yield* this.#announce(commit.watermark);
    yield* this.#meta(commit.checkpoint, off === 'deletes leave tombstones' ? [] : gone);
  }

  *removeGenerations(isGarbage: (generation: number) => boolean): Steps<void> {
    const { engine } = this.#world;
    const found = yield* ask('search', () => engine.list());
    const names = found.filter(({ generation }) => isGarbage(generation)).map(({ uid }) => uid);
    if (names.length > 0) yield* this.#succeeded(yield* ask('search', () => engine.drop(names)));
  }

  *#rename(found: readonly FoundIndex[], generation: number): Steps<void> {
    const pairs = found.flatMap((index) => {
      const place = { generation: index.generation, epoch: this.#epoch, isBeside: index.generation !== generation };
      const name = indexName('', index.kind, place);
      return name === index.uid ? [] : [[index.uid, name] as const];
    });
    if (pairs.length > 0) yield* this.#succeeded(yield* this.#send(() => this.#world.engine.rename(pairs)));
  }

  *#meta(checkpoint: Checkpoint, gone: readonly { id: string; version: string }[]): Steps<void> {
    const position = checkpointPosition(checkpoint);
    const documents: EngineDocument[] = [
      { id: CHECKPOINT, v: position, h: '', body: JSON.stringify(checkpoint) },
      ...gone.map(({ id, version }) => ({ id: tombstoneId(id), v: version, h: '', body: '' })),
    ];
    const index = this.#index('meta');
    try {
      this.#metaTask = yield* this.#send(() => this.#world.engine.add(index, documents));
    } catch (error) {
      // What lies there says more than the documents hold: it is built anew.
      if (error instanceof SetBackError) this.#world.engine.removeForCertain(index, CHECKPOINT);
      throw error;
    }
    this.#writing = position;
    this.#world.checkpointsBeside.set(`search/${this.#generation}`, checkpoint);
  }

  *#metaWritten(): Steps<void> {
    if (this.#metaTask === null) return;
    yield* this.#succeeded(this.#metaTask);
    this.#metaTask = null;
    this.#written = this.#writing;
  }

  *#checkPresence(): Steps<void> {
    const { engine, off } = this.#world;
    const found = yield* ask('search', () => engine.get(this.#index('meta'), [CHECKPOINT]).get(CHECKPOINT));
    if (!found) throw new ReopenError('the checkpoint is gone');
    if (off !== 'a search server that was set back is noticed' && found.v < this.#written) {
      throw new ReopenError('the checkpoint is an older one');
    }
  }

  *#announce(watermark: Position | null): Steps<void> {
    if (this.#isBeside) return;
    const { redis } = this.#world;
    const term = this.#term;
    const told =
      watermark === null ? null : { generation: this.#generation, epoch: this.#epoch, watermark, lives: this.#lives };
    yield* ask('redis', () => redis.announce(term, told));
  }

  /** Uids of a server that was set back begin anew at those of its copy. */
  *#send(enqueue: () => number): Steps<number> {
    const uid = yield* ask('search', enqueue);
    const isSetBack = uid <= this.#lastTask;
    this.#lastTask = uid;
    if (isSetBack && this.#world.off !== 'a search server that was set back is noticed') {
      throw new SetBackError('the server was set back');
    }
    return uid;
  }

  *#succeeded(uid: number): Steps<void> {
    for (;;) {
      const status = yield* ask('search', () => this.#world.engine.statusOf(uid));
      if (status === 'succeeded') return;
      if (status === undefined) throw new ReopenError('the task is gone');
      if (status === 'failed') throw new Error(`task ${uid} failed`);
    }
  }

  #use(generation: number, epoch: number): void {
    this.#generation = generation;
    this.#epoch = epoch;
    this.#metaTask = null;
  }

  #index(kind: FoundIndex['kind']): string {
    return indexName('', kind, { generation: this.#generation, epoch: this.#epoch, isBeside: this.#isBeside });
  }
}

class SetBackError extends ReopenError {}

const tombstoneId = (id: string): string => `courses-${id}`;
