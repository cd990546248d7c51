import { toMeiliError } from '../errors.ts';
import type { IndexStore } from '../index/index-store.ts';
import { applyOperation } from './apply.ts';
import { createBreather, TaskAbortedError } from './breathe.ts';
import type { PendingTask, TaskStore } from './task-store.ts';
import { detailsWithoutEffect, isoDuration, type Operation, type Task } from './task.ts';

export interface RunnerOptions {
  tasks: TaskStore;
  indexes: IndexStore;
  maxDocuments: number;
  /** Writes down that a task is finished. */
  record: (task: Task) => void;
  /** Called between tasks; may do housekeeping. */
  afterTask: () => void;
  onError: (error: unknown, task: Task) => void;
}

type Cancelation = Extract<Operation, { type: 'taskCancelation' }>;

/** Does the tasks one after the other, in their order. */
export class TaskRunner {
  readonly #options: RunnerOptions;
  #running: Promise<void> | null = null;
  #stopped = false;
  /** The task at hand. */
  #current: Task | null = null;
  /** Somebody wants the task at hand to be canceled. */
  #isUnwanted = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Starts working if there is something to do. */
  wake(): void {
    if (this.#stopped || this.#running !== null) return;
    this.#running = this.#work().finally(() => {
      this.#running = null;
      if (this.#options.tasks.pendingCount > 0) this.wake();
    });
  }

  /** Breaks off the task at hand if it is one of these; the cancelation, which is the next to be done, then finds it enqueued. */
  abort(uids: readonly number[]): void {
    if (this.#current !== null && uids.includes(this.#current.uid)) this.#isUnwanted = true;
  }

  /** Finishes the current task and takes no further one. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #work(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      const next = this.#stopped ? undefined : this.#options.tasks.first();
      if (next === undefined) return;
      await this.#run(next);
      this.#options.afterTask();
    }
  }

  async #run({ task, operation }: PendingTask): Promise<void> {
    const started = performance.now();
    task.status = 'processing';
    task.startedAt = new Date().toISOString();
    task.batchUid = task.uid;
    this.#current = task;
    this.#isUnwanted = false;
    try {
      const details =
        operation.type === 'taskCancelation' ? this.#cancel(task, operation) : await this.apply(task, operation);
      task.details = { ...task.details, ...details };
      task.status = 'succeeded';
    } catch (error) {
      if (error instanceof TaskAbortedError) {
        task.status = 'enqueued';
        return;
      }
      const known = toMeiliError(error);
      if (known.code === 'internal') this.#options.onError(error, task);
      task.status = 'failed';
      task.error = known.toBody();
      task.details = detailsWithoutEffect(task.details);
    } finally {
      this.#current = null;
    }
    task.duration = isoDuration(performance.now() - started);
    task.finishedAt = new Date().toISOString();
    this.#finish(task);
  }

  /** Carries out an operation as part of a task; also used to repeat finished ones at start. */
  async apply(task: Task, operation: Exclude<Operation, Cancelation>): Promise<Task['details']> {
    const { indexes, maxDocuments, tasks } = this.#options;
    const now = task.startedAt ?? task.enqueuedAt;
    const breathe = createBreather(() => this.#isUnwanted);
    const details = await applyOperation(operation, { indexes, maxDocuments, now, breathe });
    if (operation.type === 'indexSwap') tasks.renameIndexes(task.uid, operation.swaps);
    return details;
  }

  #cancel(cancelation: Task, { uids }: Cancelation): Task['details'] {
    let canceledTasks = 0;
    for (const uid of uids) {
      const task = this.#options.tasks.pending(uid)?.task;
      if (task?.status !== 'enqueued' || task.uid === cancelation.uid) continue;
      task.status = 'canceled';
      task.canceledBy = cancelation.uid;
      task.details = detailsWithoutEffect(task.details);
      task.finishedAt = new Date().toISOString();
      this.#finish(task);
      canceledTasks += 1;
    }
    return { canceledTasks };
  }

  #finish(task: Task): void {
    this.#options.tasks.finish(task);
    this.#options.record(task);
  }
}
