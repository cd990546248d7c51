import type { StoredRecord } from '../storage/records.ts';
import type { Engine } from './engine.ts';

/** The whole state as records. What must not change meanwhile is copied now; documents are turned into text later. */
export function snapshotRecords(engine: Engine): Iterable<StoredRecord> {
  const keys = engine.keys.list().map(({ key: _value, ...key }): StoredRecord => ({ k: 'key', key }));
  const pending = new Set([...engine.tasks.allPending()].map(({ task }) => task.uid));
  const finished = [...engine.tasks.all()]
    .filter(({ uid }) => !pending.has(uid))
    .map((task): StoredRecord => ({ k: 'done', task: { ...task } }));
  const waiting = [...engine.tasks.allPending()].map(({ task, operation }): StoredRecord => ({
    k: 'task',
    task: { ...task },
    operation,
  }));
  const indexes = engine.indexes
    .list()
    .map((index) => ({ info: index.info, settings: index.settings, documents: [...index.documents()] }));
  const nextTask = engine.tasks.next;
  return (function* records(): Generator<StoredRecord> {
    yield* keys;
    yield* finished;
    for (const { info, settings, documents } of indexes) {
      yield { k: 'index', info, settings };
      for (const { id, body } of documents) yield { k: 'doc', index: info.uid, id, body };
    }
    yield* waiting;
    yield { k: 'end', nextTask };
  })();
}
