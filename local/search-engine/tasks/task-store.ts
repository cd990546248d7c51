import { MeiliError } from '../errors.ts';
import type { IndexSwap, Operation, Task } from './task.ts';
import { isFinished } from './task.ts';

export interface PendingTask {
  task: Task;
  operation: Operation;
}

export interface TaskLimits {
  /** Tasks waiting at most. */
  pending: number;
  /** Documents in waiting tasks at most. */
  pendingDocuments: number;
  /** Finished tasks that are remembered. */
  finished: number;
}

export const DEFAULT_TASK_LIMITS: TaskLimits = { pending: 10_000, pendingDocuments: 100_000, finished: 20_000 };

const documentCount = (operation: Operation): number =>
  operation.type === 'documentAdditionOrUpdate' ? operation.documents.length : 1;

/** All tasks, and the queue of those still to do. */
export class TaskStore {
  readonly #tasks = new Map<number, Task>();
  readonly #pending = new Map<number, PendingTask>();
  readonly #limits: TaskLimits;
  #pendingDocuments = 0;
  #next = 0;

  constructor(limits: TaskLimits) {
    this.#limits = limits;
  }

  get next(): number {
    return this.#next;
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  skipTo(next: number): void {
    this.#next = Math.max(this.#next, next);
  }

  /** Throws when no more tasks are taken. */
  checkRoom(): void {
    if (this.#pending.size < this.#limits.pending && this.#pendingDocuments < this.#limits.pendingDocuments) return;
    throw new MeiliError(
      'no_space_left_on_device',
      'Meilisearch cannot receive write operations because the limit of the task database has been reached. Please delete tasks to continue performing write operations.',
    );
  }

  add(task: Task, operation: Operation): void {
    this.#tasks.set(task.uid, task);
    this.#pending.set(task.uid, { task, operation });
    this.#pendingDocuments += documentCount(operation);
    this.skipTo(task.uid + 1);
  }

  /** A finished task as read from disk. */
  restore(task: Task): PendingTask | undefined {
    this.#tasks.set(task.uid, task);
    this.skipTo(task.uid + 1);
    return this.#unqueue(task.uid);
  }

  /** The next task to do: cancelations before everything else, then in order. */
  first(): PendingTask | undefined {
    for (const pending of this.#pending.values()) {
      if (pending.operation.type === 'taskCancelation') return pending;
    }
    const [first] = this.#pending.values();
    return first;
  }

  /** Takes a finished task out of the queue, and forgets the oldest ones. */
  finish(task: Task): void {
    this.#unqueue(task.uid);
    const surplus = this.#tasks.size - this.#pending.size - this.#limits.finished;
    let toForget = surplus > 1000 ? surplus : 0;
    for (const [uid, old] of this.#tasks) {
      if (toForget <= 0) break;
      if (!isFinished(old)) continue;
      this.#tasks.delete(uid);
      toForget -= 1;
    }
  }

  #unqueue(uid: number): PendingTask | undefined {
    const pending = this.#pending.get(uid);
    if (pending === undefined) return undefined;
    this.#pending.delete(uid);
    this.#pendingDocuments -= documentCount(pending.operation);
    return pending;
  }

  get(uid: number): Task | undefined {
    return this.#tasks.get(uid);
  }

  pending(uid: number): PendingTask | undefined {
    return this.#pending.get(uid);
  }

  /** All tasks, oldest first. */
  all(): IterableIterator<Task> {
    return this.#tasks.values();
  }

  allPending(): IterableIterator<PendingTask> {
    return this.#pending.values();
  }

  /** A swap takes the history of an index along: tasks before it show its new name. */
  renameIndexes(before: number, swaps: readonly IndexSwap[]): void {
    const names = new Map(
      swaps.flatMap(({ indexes: [left, right] }) => [[left, right] as const, [right, left] as const]),
    );
    for (const task of this.#tasks.values()) {
      if (task.uid >= before || task.indexUid === null) continue;
      task.indexUid = names.get(task.indexUid) ?? task.indexUid;
    }
  }
}
