import { setTimeout as delay } from 'node:timers/promises';
import type { EnqueuedTask, Meilisearch } from 'meilisearch';
import { TaskFailedError } from './client.ts';

const FIRST_LOOK_MS = 5;
const LAST_LOOK_MS = 200;
const GROWTH = 1.3;
/** A chunk on a large index takes seconds at worst; after this the batch is tried again, which does no harm. */
const TASK_TIMEOUT_MS = 120_000;

/**
 * Waits until the task has succeeded: an enqueued one can still fail. Looks often at first, since most take
 * milliseconds. Throws TaskFailedError when it failed or was canceled.
 */
export async function succeeded(client: Meilisearch, enqueued: Promise<EnqueuedTask>): Promise<void> {
  const { taskUid } = await enqueued;
  const deadline = performance.now() + TASK_TIMEOUT_MS;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * GROWTH, LAST_LOOK_MS)) {
    const { status, error } = await client.tasks.getTask(taskUid);
    if (status === 'succeeded') return;
    if (status === 'failed' || status === 'canceled') {
      throw new TaskFailedError(
        taskUid,
        error?.code ?? status,
        error?.message ?? `it was ${status}`,
        error?.type ?? 'internal',
      );
    }
    if (performance.now() > deadline) throw new Error(`task ${taskUid} is not done after ${TASK_TIMEOUT_MS} ms`);
    await delay(pause);
  }
}

/** Waits for all of them, also when one fails, so that nothing is left running; then throws the first failure. */
export async function allSucceeded(client: Meilisearch, tasks: Promise<EnqueuedTask>[]): Promise<void> {
  const outcomes = await Promise.allSettled(tasks.map((task) => succeeded(client, task)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
