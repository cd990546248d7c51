import type { Meilisearch } from 'meilisearch';
import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { SearchIndexKind, SearchTombstone } from '@eduplatform/contracts/search-index';
import { parseSearchKey, searchKey } from '../../projections/courses/search-documents.ts';
import { isolate, type Refusal } from '../refusals.ts';
import { ReopenError, type Applied } from '../sink.ts';
import { documentFault } from './faults.ts';
import { heldDocuments } from './held.ts';
import { plan, type Addition, type Change, type Plan } from './plan.ts';
import { addDocuments, sendPlan, type SentChunk, type SentPlan } from './send-plan.ts';
import { TaskOrder } from './task-order.ts';
import { TaskWatch } from './task-watch.ts';
import { afterwards, UnderWay, type Expected } from './under-way.ts';

const DOCUMENT_KINDS = ['courses', 'lessons'] as const;
type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What one call has handed to the engine. */
export interface Sent {
  parts: { kind: DocumentKind; plan: Plan; sent: SentPlan }[];
  customMetadata: string;
}

/** What became of it. Chunks that were refused for their documents are still to be isolated. */
export interface Outcome {
  refusedChunks: { kind: DocumentKind; index: string; chunk: SentChunk; failure: unknown }[];
}

/** Plans, sends and waits for documents of one generation under one epoch. */
export class SearchWriter {
  readonly #client: Meilisearch;
  readonly #indexOf: (kind: SearchIndexKind) => string;
  readonly #epoch: number;
  readonly #watch: TaskWatch;
  readonly #underWay = new UnderWay();
  readonly #order = new TaskOrder();

  constructor(
    client: Meilisearch,
    indexOf: (kind: SearchIndexKind) => string,
    { epoch, taskTimeoutMs }: { epoch: number; taskTimeoutMs: number },
  ) {
    this.#client = client;
    this.#indexOf = indexOf;
    this.#epoch = epoch;
    this.#watch = new TaskWatch(client, taskTimeoutMs);
  }

  /** Hands the changes to the engine; one call at a time, so that tasks are in the order of calls. */
  async send(changes: readonly DocumentChange[], isolates: boolean): Promise<Sent> {
    const plans = await Promise.all(
      DOCUMENT_KINDS.map(async (kind) => ({ kind, plan: await this.#plan(kind, changes) })),
    );
    const customMetadata = `epoch=${this.#epoch} version=${changes[0]?.version ?? ''}`;
    const isRefusal = (error: unknown) => isolates && documentFault(error) !== null;
    for (const { kind, plan: own } of plans) this.#underWay.add((id) => searchKey(kind, id), own);
    const parts = await Promise.all(
      plans.map(async ({ kind, plan: own }) => ({
        ...{ kind, plan: own },
        sent: await sendPlan(this.#client, this.#indexOf(kind), own, customMetadata, isRefusal),
      })),
    );
    const uids = parts.flatMap(({ sent }) => [...sent.chunks.map(({ taskUid }) => taskUid), sent.deletionTask]);
    if (this.#order.isSetBack(uids.filter((uid) => uid !== null))) throw new ReopenError('the server was set back');
    return { parts, customMetadata };
  }

  /** Waits until all tasks have ended, whatever their end. Throws the first failure that is not the documents' fault. */
  async settled({ parts }: Sent): Promise<Outcome> {
    const refusedChunks: Outcome['refusedChunks'] = [];
    const failures: unknown[] = [];
    const waits = parts.flatMap(({ kind, sent: { index, chunks, deletionTask } }) => [
      ...chunks.map(async (chunk) => {
        const failure = chunk.taskUid === null ? chunk.failure : await this.#failureOf(chunk.taskUid);
        if (failure === undefined) return;
        if (documentFault(failure) === null) failures.push(failure);
        else refusedChunks.push({ kind, index, chunk, failure });
      }),
      ...(deletionTask === null ? [] : [this.#watch.succeeded(deletionTask)]),
    ]);
    for (const outcome of await Promise.allSettled(waits)) {
      if (outcome.status === 'rejected') failures.push(outcome.reason);
    }
    if (failures.length > 0) throw failures[0];
    return { refusedChunks };
  }

  /** Writes refused chunks anew by halves, until only those documents are left that are refused alone. */
  async isolate({ refusedChunks }: Outcome, { customMetadata }: Sent): Promise<Refusal[]> {
    const refusals: Refusal[] = [];
    for (const { kind, index, chunk, failure } of refusedChunks) {
      const write = async (additions: readonly Addition[]): Promise<void> => {
        const { taskUid } = await addDocuments(this.#client, index, additions, customMetadata);
        await this.#watch.succeeded(taskUid);
      };
      for (const { item, reason } of await isolate(chunk.additions, write, documentFault, failure)) {
        refusals.push({ key: searchKey(kind, item.id), version: item.version, reason });
      }
    }
    return refusals;
  }

  /** After success: the engine knows of these by itself. */
  forget({ parts }: Sent): void {
    for (const { kind, plan: own } of parts) this.#underWay.remove((id) => searchKey(kind, id), own);
  }

  async #failureOf(taskUid: number): Promise<unknown> {
    return this.#watch.succeeded(taskUid).then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  async #plan(kind: DocumentKind, changes: readonly DocumentChange[]): Promise<Plan> {
    const own = changes.flatMap((change): Change[] => {
      const { index, id } = parseSearchKey(change.key);
      return index === kind ? [{ ...change, id }] : [];
    });
    if (own.length === 0) return { additions: [], deletions: [], unchanged: 0, stale: 0 };
    const ids = own.map(({ id }) => id);
    // Before the look-up: what succeeds meanwhile may or may not be in its answer.
    const expected = this.#expectedOf(kind, ids);
    const found = await heldDocuments(this.#client, this.#indexOf(kind), ids);
    const unknown = ids.filter((id) => !found.has(id) && !expected.has(id));
    const tombstoneIds = unknown.map((id) => tombstoneId(kind, id));
    const tombstones = await heldDocuments(this.#client, this.#indexOf('meta'), tombstoneIds);
    const { held, buried } = afterwards(ids, found, expected);
    for (const id of unknown) {
      const tombstone = tombstones.get(tombstoneId(kind, id));
      if (tombstone) buried.set(id, tombstone);
    }
    return plan(own, held, buried);
  }

  #expectedOf(kind: DocumentKind, ids: readonly string[]): Map<string, Expected> {
    return new Map(
      ids.flatMap((id) => {
        const next = this.#underWay.get(searchKey(kind, id));
        return next ? [[id, { ...next }] as const] : [];
      }),
    );
  }
}

const tombstoneId = (kind: DocumentKind, id: string): string => `${kind}-${id}`;

/** What is left of the documents that a call deleted. */
export const tombstonesOf = ({ parts }: Sent): SearchTombstone[] =>
  parts.flatMap(({ kind, plan: { deletions } }) =>
    deletions.map(({ id, version }) => ({
      id: tombstoneId(kind, id),
      kind: 'tombstone' as const,
      index: kind,
      v: version,
      at: Date.now(),
    })),
  );

export const totalOf = ({ parts }: Sent, refused: number): Applied => {
  const sum = (of: (own: Plan) => number) => parts.reduce((all, { plan: own }) => all + of(own), 0);
  return {
    sent: sum(({ additions, deletions }) => additions.length + deletions.length) - refused,
    unchanged: sum(({ unchanged }) => unchanged),
    stale: sum(({ stale }) => stale),
    refused,
  };
};
