import type { ErrorBody } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { SettingsUpdate } from '../settings/update.ts';

export const TASK_STATUSES = ['enqueued', 'processing', 'succeeded', 'failed', 'canceled'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export interface IndexSwap {
  indexes: [string, string];
  rename: boolean;
}

/** What a task does; kept as plain data so that it can be written down before it is done. */
export type Operation =
  | { type: 'indexCreation'; indexUid: string; primaryKey: string | null }
  | { type: 'indexUpdate'; indexUid: string; primaryKey: string | null }
  | { type: 'indexDeletion'; indexUid: string }
  | { type: 'indexSwap'; swaps: IndexSwap[] }
  | { type: 'settingsUpdate'; indexUid: string; update: SettingsUpdate | null; mayCreate: boolean }
  | {
      type: 'documentAdditionOrUpdate';
      indexUid: string;
      method: 'replace' | 'merge';
      primaryKey: string | null;
      documents: JsonObject[];
      mayCreate: boolean;
    }
  | { type: 'documentDeletion'; indexUid: string; ids: string[] }
  | { type: 'documentDeletion'; indexUid: string; filter: unknown }
  | { type: 'documentDeletion'; indexUid: string; all: true }
  | { type: 'taskCancelation'; uids: number[]; originalFilter: string };

export type TaskType = Operation['type'];

export const TASK_TYPES = [
  'documentAdditionOrUpdate',
  'documentEdition',
  'documentDeletion',
  'settingsUpdate',
  'indexCreation',
  'indexDeletion',
  'indexUpdate',
  'indexSwap',
  'taskCancelation',
  'taskDeletion',
  'dumpCreation',
  'snapshotCreation',
  'export',
  'upgradeDatabase',
  'indexCompaction',
  'networkTopologyChange',
] as const;

/** A task as clients see it. Times are RFC 3339. */
export interface Task {
  uid: number;
  batchUid: number | null;
  indexUid: string | null;
  status: TaskStatus;
  type: TaskType;
  canceledBy: number | null;
  details: JsonObject;
  error: ErrorBody | null;
  duration: string | null;
  enqueuedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  customMetadata?: string;
}

/** `PT1.234S` */
export const isoDuration = (milliseconds: number): string => `PT${(milliseconds / 1000).toFixed(6)}S`;

export const isFinished = ({ status }: Task): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'canceled';

/** What the task says about itself before it has run. */
export function initialDetails(operation: Operation): JsonObject {
  switch (operation.type) {
    case 'indexCreation':
    case 'indexUpdate':
      return { primaryKey: operation.primaryKey };
    case 'indexDeletion':
      return { deletedDocuments: null };
    case 'indexSwap':
      return { swaps: operation.swaps.map(({ indexes, rename }) => ({ indexes: [...indexes], rename })) };
    case 'settingsUpdate':
      return (operation.update ?? {}) as JsonObject;
    case 'documentAdditionOrUpdate':
      return { receivedDocuments: operation.documents.length, indexedDocuments: null };
    case 'documentDeletion':
      if ('all' in operation) return { deletedDocuments: null };
      if ('ids' in operation) {
        return { providedIds: operation.ids.length, deletedDocuments: null, originalFilter: null };
      }
      return { providedIds: 0, deletedDocuments: null, originalFilter: JSON.stringify(operation.filter) };
    case 'taskCancelation':
      return { matchedTasks: operation.uids.length, canceledTasks: null, originalFilter: operation.originalFilter };
  }
}

/** Details of a task that failed or was canceled: what is still unknown becomes zero. */
export const detailsWithoutEffect = (details: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      value === null && ['indexedDocuments', 'deletedDocuments', 'canceledTasks'].includes(name) ? 0 : value,
    ]),
  );
