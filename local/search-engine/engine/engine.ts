import { IndexStore } from '../index/index-store.ts';
import type { SearchIndex } from '../index/search-index.ts';
import type { JsonObject } from '../json.ts';
import type { ApiKey } from '../keys/key.ts';
import { KeyStore } from '../keys/key-store.ts';
import { deleteOlder, listFiles } from '../storage/files.ts';
import { Journal } from '../storage/journal.ts';
import { writeSnapshot } from '../storage/snapshot.ts';
import { TaskRunner } from '../tasks/runner.ts';
import { DEFAULT_TASK_LIMITS, TaskStore } from '../tasks/task-store.ts';
import { initialDetails, type Operation, type Task } from '../tasks/task.ts';
import { errorText, type Log } from './log.ts';
import { restore } from './restore.ts';
import { snapshotRecords } from './snapshot-records.ts';

export interface EngineOptions {
  dataDir: string;
  masterKey: string | null;
  /** Documents per index at most. */
  maxDocuments: number;
  /** A snapshot is written when the journal has grown by this much, and by as much as the last snapshot. */
  snapshotEveryBytes: number;
  log: Log;
}

/** Additions larger than this are written down in parts. */
const LARGE_ADDITION = 200;

/** The search engine without its HTTP surface: indexes, tasks, keys, and their files. */
export class Engine {
  readonly indexes = new IndexStore();
  readonly tasks = new TaskStore(DEFAULT_TASK_LIMITS);
  readonly keys: KeyStore;
  readonly #options: EngineOptions;
  readonly #journal: Journal;
  readonly #runner: TaskRunner;
  #snapshotBytes = 0;
  #compacting: Promise<void> | null = null;

  private constructor(options: EngineOptions, journal: Journal) {
    this.#options = options;
    this.#journal = journal;
    this.keys = new KeyStore(options.masterKey);
    this.#runner = new TaskRunner({
      tasks: this.tasks,
      indexes: this.indexes,
      maxDocuments: options.maxDocuments,
      record: (task) => {
        this.#journal.append({ k: 'done', task });
      },
      afterTask: () => {
        this.#compactIfLarge();
      },
      onError: (error, task) => {
        options.log('error', 'task failed unexpectedly', { task: task.uid, error: errorText(error) });
      },
    });
  }

  /** Reads what is on disk and takes up the work where it was left. */
  static async open(options: EngineOptions): Promise<Engine> {
    const started = performance.now();
    const files = listFiles(options.dataDir);
    const engine = new Engine(options, new Journal(options.dataDir, files.next, files.journalBytes));
    await restore(options.dataDir, files, engine, engine.#runner, options.log);
    deleteOlder(options.dataDir, files.snapshot);
    options.log('info', 'search engine ready', {
      indexes: engine.indexes.list().length,
      documents: engine.indexes.list().reduce((sum, { size }) => sum + size, 0),
      pendingTasks: engine.tasks.pendingCount,
      milliseconds: Math.round(performance.now() - started),
    });
    engine.#runner.wake();
    return engine;
  }

  /** Takes on a task: when this answers, it is written down and will be done. */
  async enqueue(operation: Operation, customMetadata?: string): Promise<Task> {
    this.tasks.checkRoom();
    const large = operation.type === 'documentAdditionOrUpdate' && operation.documents.length > LARGE_ADDITION;
    const parts = large ? await this.#journal.appendDocuments(operation.documents) : undefined;
    const task: Task = {
      uid: this.tasks.next,
      batchUid: null,
      indexUid: 'indexUid' in operation ? operation.indexUid : null,
      status: 'enqueued',
      type: operation.type,
      canceledBy: null,
      details: initialDetails(operation),
      error: null,
      duration: null,
      enqueuedAt: new Date().toISOString(),
      startedAt: null,
      finishedAt: null,
      ...(customMetadata === undefined ? {} : { customMetadata }),
    };
    const stored = parts === undefined ? operation : { ...operation, documents: [] };
    this.#journal.append({ k: 'task', task, operation: stored, ...(parts === undefined ? {} : { parts }) });
    if (parts !== undefined) this.#journal.partsDone();
    this.tasks.add(task, operation);
    if (operation.type === 'taskCancelation') this.#runner.abort(operation.uids);
    this.#runner.wake();
    return task;
  }

  putKey(key: Omit<ApiKey, 'key'>): ApiKey {
    this.#journal.append({ k: 'key', key });
    return this.keys.put(key);
  }

  deleteKey(uid: string): void {
    this.#journal.append({ k: 'keyGone', uid });
    this.keys.delete(uid);
  }

  /** Bytes that the data takes on disk, about. */
  diskUsage(): number {
    return this.#snapshotBytes + this.#journal.bytes;
  }

  indexStats(index: SearchIndex): JsonObject {
    const isIndexing = [...this.tasks.all()].some(
      ({ indexUid, status }) => indexUid === index.uid && status === 'processing',
    );
    return {
      numberOfDocuments: index.size,
      rawDocumentDbSize: 0,
      avgDocumentSize: 0,
      isIndexing,
      numberOfEmbeddings: 0,
      numberOfEmbeddedDocuments: 0,
      fieldDistribution: index.fieldDistribution(),
    };
  }

  reportError(request: string, error: string): void {
    this.#options.log('error', 'request failed unexpectedly', { request, error });
  }

  #compactIfLarge(): void {
    if (this.#compacting !== null || this.#journal.isWritingParts) return;
    if (this.#journal.bytes < Math.max(this.#options.snapshotEveryBytes, this.#snapshotBytes)) return;
    // Between two tasks: the copy of the state taken here is consistent, and documents are never changed in place.
    const records = snapshotRecords(this);
    const number = this.#journal.rotate();
    const { dataDir, log } = this.#options;
    this.#compacting = writeSnapshot(dataDir, number, records)
      .then((bytes) => {
        this.#snapshotBytes = bytes;
        deleteOlder(dataDir, number);
        log('info', 'snapshot written', { number, bytes });
      })
      .catch((error: unknown) => {
        log('error', 'snapshot failed; the journals before it are kept', { number, error: errorText(error) });
      })
      .finally(() => {
        this.#compacting = null;
      });
  }

  /** Finishes the task at hand and the snapshot being written; the rest is taken up at the next start. */
  async close(): Promise<void> {
    await this.#runner.stop();
    await this.#compacting;
    this.#journal.close();
  }
}
