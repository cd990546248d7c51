import { parseBesideIndexName, parseSearchIndexName, SEARCH_INDEX_KINDS } from '@eduplatform/contracts/search-index';
import type { FoundIndex } from '../sinks/search/indexes.ts';

export interface EngineDocument {
  id: string;
  v: string;
  h: string;
  body: string;
}

interface Task {
  uid: number;
  status: 'enqueued' | 'succeeded' | 'failed';
  /** It is tried until it succeeds. */
  isCertain?: boolean;
  /** Throws when it fails. */
  run: (indexes: Data['indexes']) => void;
}

interface Data {
  indexes: Map<string, Map<string, EngineDocument>>;
  nextUid: number;
}

/** A search engine in memory: a queue of tasks in front of indexes, with no notion of versions or epochs. */
export class ModelEngine {
  data: Data = { indexes: new Map(), nextUid: 1 };
  tasks: Task[] = [];

  get isIdle(): boolean {
    return this.tasks.every(({ status }) => status !== 'enqueued');
  }

  /** Carries out the next task; answers false when there is none. */
  process(fails: boolean): boolean {
    const next = this.tasks.find(({ status }) => status === 'enqueued');
    if (!next) return false;
    try {
      if (fails && !next.isCertain) throw new Error('internal');
      next.run(this.data.indexes);
      next.status = 'succeeded';
    } catch {
      next.status = 'failed';
    }
    return true;
  }

  enqueue(run: Task['run']): number {
    const uid = this.data.nextUid;
    this.data.nextUid += 1;
    this.tasks.push({ uid, status: 'enqueued', run });
    return uid;
  }

  /** Undefined: it knows no such task. */
  statusOf(uid: number): Task['status'] | undefined {
    return this.tasks.find((task) => task.uid === uid)?.status;
  }

  /** Removes a document, however often that has to be tried. */
  removeForCertain(index: string, id: string): void {
    const uid = this.enqueue((indexes) => indexes.get(index)?.delete(id));
    const task = this.tasks.find((each) => each.uid === uid);
    if (task) task.isCertain = true;
  }

  /** Fails where the index does not exist: leaders' keys cannot create one. */
  add(index: string, documents: readonly EngineDocument[]): number {
    return this.enqueue((indexes) => {
      const target = required(indexes, index);
      for (const document of documents) target.set(document.id, document);
    });
  }

  remove(index: string, ids: readonly string[]): number {
    return this.enqueue((indexes) => {
      const target = required(indexes, index);
      for (const id of ids) target.delete(id);
    });
  }

  create(names: readonly string[]): number {
    return this.enqueue((indexes) => {
      for (const name of names) if (!indexes.has(name)) indexes.set(name, new Map());
    });
  }

  rename(pairs: readonly (readonly [from: string, to: string])[]): number {
    return this.enqueue((indexes) => {
      const found = pairs.map(([from, to]) => [from, to, required(indexes, from)] as const);
      for (const [from] of found) indexes.delete(from);
      for (const [, to, content] of found) indexes.set(to, content);
    });
  }

  drop(names: readonly string[]): number {
    return this.enqueue((indexes) => {
      for (const name of names) indexes.delete(name);
    });
  }

  get(index: string, ids: readonly string[]): Map<string, EngineDocument> {
    const found = required(this.data.indexes, index);
    return new Map(
      ids.flatMap((id) => {
        const document = found.get(id);
        return document ? [[id, document] as const] : [];
      }),
    );
  }

  /** Its indexes as the production code knows them. */
  list(): FoundIndex[] {
    return [...this.data.indexes.keys()].flatMap((uid): FoundIndex[] => {
      const name = parseSearchIndexName('', uid);
      if (name) return [{ uid, ...name, isBeside: false }];
      const beside = parseBesideIndexName('', uid);
      return beside ? [{ uid, ...beside, isBeside: true }] : [];
    });
  }

  /** Its data with its queue. */
  copy(): EngineCopy {
    return { data: structuredClone(this.data), tasks: this.tasks.map((task) => ({ ...task })) };
  }

  /** A server that was set back knows the tasks of its copy, and goes on with those that were not done. */
  restore({ data, tasks }: EngineCopy): void {
    this.data = structuredClone(data);
    this.tasks = tasks.map((task) => ({ ...task }));
  }
}

export interface EngineCopy {
  data: Data;
  tasks: Task[];
}

export const EMPTY_ENGINE: EngineCopy = { data: { indexes: new Map(), nextUid: 1 }, tasks: [] };

export const allKinds = (nameOf: (kind: FoundIndex['kind']) => string): string[] => SEARCH_INDEX_KINDS.map(nameOf);

function required(indexes: Data['indexes'], name: string): Map<string, EngineDocument> {
  const found = indexes.get(name);
  if (!found) throw new Error('index_not_found');
  return found;
}
