import type { JsonObject } from '../json.ts';
import type { Task } from './task.ts';

/** What is answered when a task has been taken on. */
export const summarize = ({ uid, indexUid, status, type, enqueuedAt, customMetadata }: Task): JsonObject => ({
  taskUid: uid,
  indexUid,
  status,
  type,
  enqueuedAt,
  ...(customMetadata === undefined ? {} : { customMetadata }),
});
