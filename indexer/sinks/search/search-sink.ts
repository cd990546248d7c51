import { setTimeout as delay } from 'node:timers/promises';
import type { Meilisearch } from 'meilisearch';
import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import type { SearchIndexKind, SearchTombstone } from '@eduplatform/contracts/search-index';
import { searchKey } from '@eduplatform/contracts/search-key';
import type { SearchSinkName } from '@eduplatform/contracts/search-servers';
import { checkpointPosition, parseCheckpoint, type Checkpoint } from '../../checkpoint.ts';
import { parseSearchKey } from '../../projections/courses/search-documents.ts';
import { PROJECTIONS } from '../../projections/registry.ts';
import { ReopenError, type Applied, type Commit, type Opened, type Sink } from '../sink.ts';
import { Announcer } from './announcer.ts';
import { createSearchClient, searchErrorCode } from './client.ts';
import { heldDocuments } from './held.ts';
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
import { plan, type Change, type Plan } from './plan.ts';
import { sendPlan } from './send-plan.ts';

export interface SearchSinkOptions {
  /** Of the server, where there are several. */
  name?: SearchSinkName;
  url: string;
  masterKey: string;
  indexPrefix: string;
  /** Where readers are told how far search has come. */
  redis: { url: string; prefix: string };
  onError: (error: Error) => void;
  /** For a generation beside the one in use, of which readers are told nothing. */
  isBeside?: boolean;
}

/** What closing waits for the last checkpoint at most. */
const CLOSE_TIMEOUT_MS = 2_000;
/** How often an idle sink looks whether its indexes are still there. */
const CHECK_MS = 2_000;
const DOCUMENT_KINDS = ['courses', 'lessons'] as const;
type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Courses and lessons in Meilisearch. It moves on only when its tasks have succeeded. */
export class SearchSink implements Sink {
  readonly name: SearchSinkName;
  readonly projections = PROJECTIONS.search;
  readonly #prefix: string;
  readonly #master: Meilisearch;
  readonly #leader: Meilisearch;
  readonly #announcer: Announcer;
  readonly #options: SearchSinkOptions;
  readonly #isBeside: boolean;
  #epoch = 0;
  #generation = 0;
  #meta: MetaWriter | undefined;
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
    if (!isComplete(found, generation)) return { checkpoint: null, highestGeneration };
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

  async apply(changes: DocumentChange[], commit: Commit | null): Promise<Applied> {
    const meta = this.#open();
    try {
      if (changes.length === 0) await this.#checkPresence();
      const plans = await Promise.all(DOCUMENT_KINDS.map((kind) => this.#plan(kind, changes)));
      const range = `epoch=${this.#epoch} version=${changes[0]?.version ?? ''}`;
      await Promise.all(
        DOCUMENT_KINDS.map((kind, at) => sendPlan(this.#leader, this.#index(kind), plans[at] ?? EMPTY, range)),
      );
      if (changes.length > 0) this.#seenAt = performance.now();
      for (const [at, kind] of DOCUMENT_KINDS.entries()) meta.bury(tombstones(kind, plans[at] ?? EMPTY));
      if (commit) await this.#commit(meta, commit);
      return total(plans);
    } catch (error) {
      throw await this.#explain(error);
    }
  }

  async close(): Promise<void> {
    const meta = this.#meta;
    this.#meta = undefined;
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
  }

  async #plan(kind: DocumentKind, changes: DocumentChange[]): Promise<Plan> {
    const own = changes.flatMap((change): Change[] => {
      const { index, id } = parseSearchKey(change.key);
      return index === kind ? [{ ...change, id }] : [];
    });
    const ids = own.map(({ id }) => id);
    const held = await heldDocuments(this.#leader, this.#index(kind), ids);
    const unknown = ids.filter((id) => !held.has(id));
    const buried = await heldDocuments(
      this.#leader,
      this.#index('meta'),
      unknown.map((id) => tombstoneId(kind, id)),
    );
    const versions = new Map(
      unknown.flatMap((id) => {
        const tombstone = buried.get(tombstoneId(kind, id));
        return tombstone ? [[id, tombstone] as const] : [];
      }),
    );
    return plan(own, held, versions);
  }

  /** The checkpoint follows behind; readers are told at once, since the documents are there. */
  async #commit(meta: MetaWriter, { checkpoint, watermark }: Commit): Promise<void> {
    meta.note(checkpoint);
    if (!watermark) return;
    if (!this.#isReady) {
      // Only a build that is on record as complete is shown: otherwise the next start would begin it again.
      await meta.flush();
      this.#isReady = true;
    }
    this.#announce(watermark);
  }

  #announce(watermark: SinkWatermark | null): void {
    if (this.#isBeside) return;
    this.#announcer.announce({
      generation: this.#generation,
      epoch: this.#epoch,
      isReady: this.#isReady,
      watermark,
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
    if (!(await this.#readCheckpoint())) throw new ReopenError('the checkpoint is gone');
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

  #open(): MetaWriter {
    if (!this.#meta) throw new ReopenError('it is closed');
    return this.#meta;
  }
}

const EMPTY: Plan = { additions: [], deletions: [], unchanged: 0, stale: 0 };

const tombstoneId = (kind: DocumentKind, id: string): string => `${kind}-${id}`;

const tombstones = (kind: DocumentKind, { deletions }: Plan): SearchTombstone[] =>
  deletions.map(({ id, version }) => ({
    id: tombstoneId(kind, id),
    kind: 'tombstone',
    index: kind,
    v: version,
    at: Date.now(),
  }));

const total = (plans: Plan[]): Applied => ({
  sent: plans.reduce((sum, { additions, deletions }) => sum + additions.length + deletions.length, 0),
  unchanged: plans.reduce((sum, { unchanged }) => sum + unchanged, 0),
  stale: plans.reduce((sum, { stale }) => sum + stale, 0),
});
