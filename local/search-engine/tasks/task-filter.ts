import { MeiliError } from '../errors.ts';
import { field, listParameter, string, type Reader } from '../validate/read.ts';
import { TASK_STATUSES, TASK_TYPES, type Task } from './task.ts';

/** Which tasks are meant, as told by query parameters. `*` means all. */

const oneOfList =
  (what: string, known: readonly string[]): Reader<string[]> =>
  (value, path, code) => {
    const list = listParameter(value, path, code);
    for (const name of list) {
      if (name === '*' || known.some((candidate) => candidate.toLowerCase() === name.toLowerCase())) continue;
      throw new MeiliError(
        code,
        `Invalid value in parameter \`${path.slice(1)}\`: \`${name}\` is not a valid task ${what}. Available ${what === 'type' ? 'types' : 'statuses'} are ${known.map((candidate) => `\`${candidate}\``).join(', ')}.`,
      );
    }
    return list;
  };

const numbers: Reader<string[]> = (value, path, code) => {
  const list = listParameter(value, path, code);
  for (const text of list) {
    if (text !== '*' && !/^\d+$/.test(text)) {
      throw new MeiliError(
        code,
        `Invalid value in parameter \`${path.slice(1)}\`: could not parse \`${text}\` as a positive integer`,
      );
    }
  }
  return list;
};

const date: Reader<number> = (value, path, code) => {
  const time = Date.parse(string(value, path, code));
  if (Number.isFinite(time)) return time;
  throw new MeiliError(
    code,
    `Invalid value in parameter \`${path.slice(1)}\`: \`${String(value)}\` is an invalid date-time. It should follow the YYYY-MM-DD or RFC 3339 date-time format.`,
  );
};

export const TASK_FILTER_FIELDS = {
  uids: field(numbers, 'invalid_task_uids'),
  batchUids: field(numbers, 'invalid_batch_uids'),
  statuses: field(oneOfList('status', TASK_STATUSES), 'invalid_task_statuses'),
  types: field(oneOfList('type', TASK_TYPES), 'invalid_task_types'),
  indexUids: field(listParameter, 'invalid_index_uid'),
  canceledBy: field(numbers, 'invalid_task_canceled_by'),
  afterEnqueuedAt: field(date, 'invalid_task_after_enqueued_at'),
  beforeEnqueuedAt: field(date, 'invalid_task_before_enqueued_at'),
  afterStartedAt: field(date, 'invalid_task_after_started_at'),
  beforeStartedAt: field(date, 'invalid_task_before_started_at'),
  afterFinishedAt: field(date, 'invalid_task_after_finished_at'),
  beforeFinishedAt: field(date, 'invalid_task_before_finished_at'),
};

export interface TaskFilter {
  uids?: string[];
  batchUids?: string[];
  statuses?: string[];
  types?: string[];
  indexUids?: string[];
  canceledBy?: string[];
  afterEnqueuedAt?: number;
  beforeEnqueuedAt?: number;
  afterStartedAt?: number;
  beforeStartedAt?: number;
  afterFinishedAt?: number;
  beforeFinishedAt?: number;
}

function listed(list: readonly string[] | undefined, value: string | number | null): boolean {
  if (list === undefined || list.includes('*')) return true;
  return value !== null && list.some((name) => name.toLowerCase() === String(value).toLowerCase());
}

function inTime(after: number | undefined, before: number | undefined, time: string | null): boolean {
  if (after === undefined && before === undefined) return true;
  if (time === null) return false;
  const at = Date.parse(time);
  return (after === undefined || at > after) && (before === undefined || at < before);
}

export const matchesTask = (filter: TaskFilter, task: Task): boolean =>
  listed(filter.uids, task.uid) &&
  listed(filter.batchUids, task.batchUid) &&
  listed(filter.statuses, task.status) &&
  listed(filter.types, task.type) &&
  (filter.indexUids === undefined ||
    filter.indexUids.includes('*') ||
    filter.indexUids.includes(task.indexUid ?? '')) &&
  listed(filter.canceledBy, task.canceledBy) &&
  inTime(filter.afterEnqueuedAt, filter.beforeEnqueuedAt, task.enqueuedAt) &&
  inTime(filter.afterStartedAt, filter.beforeStartedAt, task.startedAt) &&
  inTime(filter.afterFinishedAt, filter.beforeFinishedAt, task.finishedAt);
