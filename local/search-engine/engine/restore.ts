import type { JsonObject } from '../json.ts';
import { filePath, readRecords, type DataFiles, type FileKind } from '../storage/files.ts';
import type { StoredRecord } from '../storage/records.ts';
import type { TaskRunner } from '../tasks/runner.ts';
import type { Engine } from './engine.ts';
import { errorText, type Log } from './log.ts';

/** Rebuilds the state from the newest snapshot and the journals after it, by doing again what had succeeded. */
export async function restore(
  folder: string,
  files: DataFiles,
  engine: Engine,
  runner: TaskRunner,
  log: Log,
): Promise<void> {
  const state = new Restoration(engine, runner, log);
  const read = async (kind: FileKind, number: number): Promise<void> => {
    const path = filePath(folder, kind, number);
    const onTorn = (line: number): void => {
      log('warn', 'the end of a file was not written completely and is left out', { path, line });
    };
    for await (const record of readRecords(path, onTorn)) await state.apply(record);
  };
  if (files.snapshot > 0) await read('snapshot', files.snapshot);
  for (const number of files.journals) await read('journal', number);
}

class Restoration {
  readonly #engine: Engine;
  readonly #runner: TaskRunner;
  readonly #log: Log;
  readonly #parts = new Map<string, JsonObject[]>();

  constructor(engine: Engine, runner: TaskRunner, log: Log) {
    this.#engine = engine;
    this.#runner = runner;
    this.#log = log;
  }

  async apply(record: StoredRecord): Promise<void> {
    const { indexes, tasks, keys } = this.#engine;
    switch (record.k) {
      case 'part':
        this.#parts.set(record.id, [...(this.#parts.get(record.id) ?? []), ...record.documents]);
        return;
      case 'task':
        this.#addTask(record);
        return;
      case 'done': {
        const pending = tasks.restore(record.task);
        if (pending !== undefined && record.task.status === 'succeeded')
          await this.#repeat(record.task, pending.operation);
        return;
      }
      case 'key':
        keys.put(record.key);
        return;
      case 'keyGone':
        keys.delete(record.uid);
        return;
      case 'index':
        indexes.restore(record.info, record.settings);
        return;
      case 'doc':
        indexes.require(record.index).put(record.id, record.body);
        return;
      case 'end':
        tasks.skipTo(record.nextTask);
    }
  }

  #addTask({ task, operation, parts }: Extract<StoredRecord, { k: 'task' }>): void {
    const waiting = { ...task, status: 'enqueued' as const, startedAt: null, batchUid: null };
    if (parts === undefined || operation.type !== 'documentAdditionOrUpdate') {
      this.#engine.tasks.add(waiting, operation);
      return;
    }
    this.#engine.tasks.add(waiting, { ...operation, documents: this.#parts.get(parts) ?? [] });
    this.#parts.delete(parts);
  }

  async #repeat(task: Parameters<TaskRunner['apply']>[0], operation: Parameters<Engine['enqueue']>[0]): Promise<void> {
    if (operation.type === 'taskCancelation') return;
    try {
      await this.#runner.apply(task, operation);
    } catch (error) {
      this.#log('error', 'a task that had succeeded could not be repeated', {
        task: task.uid,
        error: errorText(error),
      });
    }
  }
}
