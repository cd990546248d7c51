import type { IndexInfo } from '../index/search-index.ts';
import type { JsonObject } from '../json.ts';
import type { ApiKey } from '../keys/key.ts';
import type { Settings } from '../settings/settings.ts';
import type { Operation, Task } from '../tasks/task.ts';

/** Lines of the files on disk, one JSON object each. A snapshot says how things stand, a journal what was asked since. */
export type StoredRecord =
  /** A task that is to be done; its documents may have come before it in parts. */
  | { k: 'task'; task: Task; operation: Operation; parts?: string }
  | { k: 'part'; id: string; documents: JsonObject[] }
  /** A task that is done, as it is shown. */
  | { k: 'done'; task: Task }
  | { k: 'key'; key: Omit<ApiKey, 'key'> }
  | { k: 'keyGone'; uid: string }
  /** Snapshot only: an index, its documents, and the mark that the snapshot is whole. */
  | { k: 'index'; info: IndexInfo; settings: Settings }
  | { k: 'doc'; index: string; id: string; body: JsonObject }
  | { k: 'end'; nextTask: number };
