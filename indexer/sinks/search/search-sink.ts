import { setTimeout as delay } from 'node:timers/promises';
import type { Meilisearch } from 'meilisearch';
import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import type { SearchIndexKind } from '@eduplatform/contracts/search-index';
import { searchKey } from '@eduplatform/contracts/search-key';
import type { SearchSinkName } from '@eduplatform/contracts/search-servers';
import { checkpointPosition, parseCheckpoint, type Checkpoint } from '../../checkpoint.ts';
import { PROJECTIONS } from '../../projections/registry.ts';
import type { HeldView } from '../held-view.ts';
import { settle, type Refusal, type RefusalBook } from '../refusals.ts';
import { ReopenError, type Applied, type Commit, type Opened, type Sink } from '../sink.ts';
import { Announcer } from './announcer.ts';
import { createSearchClient, searchErrorCode } from './client.ts';
import { searchView } from './entries.ts';
import {
  applySettings,
  assertNotFenced,
  createIndexes,
  findIndexes,
  indexName,
  isComplete,
  removeGenerations,
  renameToEpoch,
  type IndexPlace,
} from './indexes.ts';
import { ensureKeys } from './keys.ts';
import { CHECKPOINT_ID, MetaWriter, type CheckpointDocument } from './meta-writer.ts';
import { SearchWriter, tombstonesOf, totalOf, type Outcome, type Sent } from './search-writer.ts';

export interface SearchSinkOptions {
  /** Of the server, where there are several. */
  name?: SearchSinkName;
  url: string;
  masterKey: string;
  indexPrefix: string;
  /** Where readers are told how far search has come. */
  redis: { url: string; prefix: string };
  onError: (error: Error) => void;
  /** How long a task of documents is waited for, in milliseconds. */
  taskTimeoutMs?: number;
  /** For a generation beside the one in use, of which readers are told nothing. */
  isBeside?: boolean;
}

/** A chunk on a large index takes seconds at worst, and may wait for others before it. */
const TASK_TIMEOUT_MS = 300_000;
/** What closing waits for the last checkpoint at most. */
const CLOSE_TIMEOUT_MS = 2_000;
/** How often an idle sink looks whether its indexes are still there. */
const CHECK_MS = 2_000;

/** Courses and lessons in Meilisearch. It moves on only when its tasks have succeeded. */
export class SearchSink implements Sink {
  readonly name: SearchSinkName;
  /** The engine does tasks that wait in one go, so what is sent early costs it less than what is held back. */
  readonly callsAtOnce = 32;
  readonly projections = PROJECTIONS.search;
  readonly held: HeldView;
  readonly #prefix: string;
  readonly #master: Meilisearch;
  readonly #leader: Meilisearch;
  readonly #announcer: Announcer;
  readonly #options: SearchSinkOptions;
  readonly #isBeside: boolean;
  #epoch = 0;
  #generation = 0;
  refusals: RefusalBook | null = null;
  #meta: MetaWriter | undefined;
  #writer: SearchWriter | undefined;
  #lastSent: Promise<unknown> = Promise.resolve();
  #lastDone: Promise<unknown> = Promise.resolve();
  #isolating: Promise<unknown> = Promise.resolve();
  #calls = 0;
  /** Version of what was sent last. */
  #newest = '';
  /** Until it has come so far, a batch is sent when the one before it is done; '' in normal operation. */
  #carefulUntil = '';
  /** What readers were told last. */
  #told: SinkWatermark | null = null;
  #isReady = false;
  #seenAt = 0;

  constructor(options: SearchSinkOptions) {
    const { name = 'search', url, masterKey, indexPrefix, redis, onError, isBeside = false } = options;
    this.name = name;
    this.#options = options;
    this.#isBeside = isBeside;
    this.#prefix = indexPrefix;
    this.#master = createSearchClient(url, masterKey);
    this.#leader = createSearchClient(url, searchKey(masterKey, 'leader', indexPrefix));
    this.held = searchView(this.#leader, (kind) => this.#index(kind));
    this.#announcer = new Announcer({ sink: name, ...redis, onError });
  }

  async open(generation: number, epoch: number): Promise<Opened> {
    await this.close();
    this.#epoch = epoch;
    const found = await findIndexes(this.#master, this.#prefix);
    assertNotFenced(found, epoch);
    await ensureKeys(this.#master, this.#prefix);
    // Beside the one in use nothing is renamed: whoever opened that one has done so for all.
    if (!this.#isBeside) await renameToEpoch(this.#master, this.#prefix, found, { generation, epoch });
    const highestGeneration = Math.max(generation, ...found.map((index) => index.generation));
    // A leader that was paused may have made indexes under the names of its epoch since.
    const own = this.#isBeside ? found.filter((index) => index.epoch === epoch && index.isBeside) : found;
    if (!isComplete(own, generation)) return { checkpoint: null, highestGeneration };
    this.#use(generation);
    await applySettings(this.#master, this.#prefix, this.#place());
    const checkpoint = await this.#readCheckpoint();
    if (checkpoint?.state === 'live') {
      this.#isReady = true;
      // Where readers look has a new name, whatever is still to be caught up with.
      this.#announce({ position: checkpointPosition(checkpoint), at: new Date().toISOString() });
    }
    return { checkpoint, highestGeneration };
  }

  async create(generation: number, checkpoint: Checkpoint): Promise<void> {
    this.#use(generation);
    await createIndexes(this.#master, this.#prefix, this.#place());
    this.#meta?.note(checkpoint);
    await this.#meta?.flush();
    this.#announce(null);
  }

  apply(changes: DocumentChange[], commit: Commit | null): Promise<Applied> {
    // Sent one after the other, waited for together, committed in order. A failure is passed on to all that come later.
    const before = this.#lastDone;
    const sent = this.#lastSent.then(() => this.#send(changes, commit, before));
    const done = sent.then((call) => this.#finish(call, before));
    const explained = done.catch(async (error: unknown) => {
      throw await this.#explain(error);
    });
    this.#lastSent = sent;
    this.#lastDone = explained;
    for (const promise of [sent, done, explained]) promise.catch(() => undefined);
    return explained;
  }

  async #send(changes: DocumentChange[], commit: Commit | null, before: Promise<unknown>): Promise<Call> {
    const { writer } = this.#open();
    await this.#isolating;
    if (this.#carefulUntil !== '') await before;
    if (changes.length === 0) await this.#checkPresence();
    this.#calls += 1;
    this.#newest = changes[0]?.version ?? this.#newest;
    const sent = await writer.send(changes, this.refusals !== null);
    return { number: this.#calls, sent, changes, commit };
  }

  async #finish({ number, sent, changes, commit }: Call, before: Promise<unknown>): Promise<Applied> {
    const { meta, writer } = this.#open();
    const outcome = await writer.settled(sent);
    await before;
    const refusals = outcome.refusedChunks.length === 0 ? [] : await this.#isolate(number, sent, outcome);
    writer.forget(sent);
    await settle(this.refusals, changes, refusals);
    if (changes.length > 0) this.#seenAt = performance.now();
    meta.bury(tombstonesOf(sent));
    if (commit) await this.#commit(meta, commit);
    return totalOf(sent, refusals.length);
  }

  /** Only when nothing was sent since: what is written anew would overtake it. */
  async #isolate(number: number, sent: Sent, outcome: Outcome): Promise<Refusal[]> {
    if (!this.refusals) throw outcome.refusedChunks[0]?.failure;
    if (number !== this.#calls) {
      this.#carefulUntil = this.#newest;
      throw new ReopenError('documents were refused while others were under way; going on one batch at a time');
    }
    const isolated = this.#open().writer.isolate(outcome, sent);
    this.#isolating = isolated.catch(() => undefined);
    return isolated;
  }

  /** Readers are told of all refused documents at once, so a lost announcement is made good by the next. */
  async mark(): Promise<void> {
    if (this.#writer) this.#announce(this.#told);
  }

  async close(): Promise<void> {
    const meta = this.#meta;
    this.#meta = undefined;
    this.#writer = undefined;
    this.#lastSent = Promise.resolve();
    this.#lastDone = Promise.resolve();
    this.#isolating = Promise.resolve();
    // What cannot be written now is done again after the next start.
    if (meta)
      await Promise.race([meta.flush().catch(() => undefined), delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    await this.#announcer.close();
  }

  beside(): SearchSink {
    return new SearchSink({ ...this.#options, isBeside: true });
  }

  removeGenerations(isGarbage: (generation: number) => boolean): Promise<void> {
    return removeGenerations(this.#master, this.#prefix, isGarbage);
  }

  #use(generation: number): void {
    this.#generation = generation;
    this.#isReady = false;
    this.#meta = new MetaWriter(this.#leader, this.#index('meta'));
    this.#writer = new SearchWriter(this.#leader, (kind) => this.#index(kind), {
      epoch: this.#epoch,
      taskTimeoutMs: this.#options.taskTimeoutMs ?? TASK_TIMEOUT_MS,
    });
  }

  /** The checkpoint follows behind; readers are told at once, since the documents are there. */
  async #commit(meta: MetaWriter, { checkpoint, watermark }: Commit): Promise<void> {
    meta.note(checkpoint);
    if (this.#carefulUntil !== '' && checkpointPosition(checkpoint) >= this.#carefulUntil) this.#carefulUntil = '';
    if (!watermark) return;
    if (!this.#isReady) {
      // Only a build that is on record as complete is shown: otherwise the next start would begin it again.
      await meta.flush();
      this.#isReady = true;
    }
    this.#announce(watermark);
  }

  #announce(watermark: SinkWatermark | null): void {
    this.#told = watermark;
    if (this.#isBeside) return;
    this.#announcer.announce({
      generation: this.#generation,
      epoch: this.#epoch,
      isReady: this.#isReady,
      watermark,
      dead: [...(this.refusals?.keys ?? [])],
    });
  }

  async #readCheckpoint(): Promise<Checkpoint | null> {
    try {
      const index = this.#leader.index<CheckpointDocument>(this.#index('meta'));
      return parseCheckpoint((await index.getDocument(CHECKPOINT_ID)).json);
    } catch (error) {
      if (searchErrorCode(error) === 'document_not_found') return null;
      throw error;
    }
  }

  /** A batch that writes nothing would not notice that the engine lost its data. */
  async #checkPresence(): Promise<void> {
    if (performance.now() - this.#seenAt < CHECK_MS) return;
    const found = await this.#readCheckpoint();
    if (!found) throw new ReopenError('the checkpoint is gone');
    if (checkpointPosition(found) < (this.#meta?.written ?? '')) throw new ReopenError('the server was set back');
    this.#seenAt = performance.now();
  }

  /** An index that is gone was renamed by a newer leader, or was lost. */
  async #explain(error: unknown): Promise<unknown> {
    if (searchErrorCode(error) !== 'index_not_found') return error;
    assertNotFenced(await findIndexes(this.#master, this.#prefix), this.#epoch);
    return new ReopenError('an index is gone');
  }

  #index(kind: SearchIndexKind): string {
    return indexName(this.#prefix, kind, this.#place());
  }

  #place(): IndexPlace {
    return { generation: this.#generation, epoch: this.#epoch, isBeside: this.#isBeside };
  }

  #open(): { meta: MetaWriter; writer: SearchWriter } {
    if (!this.#meta || !this.#writer) throw new ReopenError('it is closed');
    return { meta: this.#meta, writer: this.#writer };
  }
}

interface Call {
  number: number;
  sent: Sent;
  changes: readonly DocumentChange[];
  commit: Commit | null;
}
