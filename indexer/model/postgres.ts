import type { Position } from '@eduplatform/contracts/positions';
import type { Checkpoint } from '../checkpoint.ts';
import type { Generations } from '../leader/generations.ts';
import { isSameDatabase, type DatabaseIdentity, type Term } from '../leader/identity.ts';
import { positionOf, type Cursor } from '../source/outbox-row.ts';
import type { Rule } from './rules.ts';

export type SinkKind = 'redis' | 'search';

export interface ModelDocument {
  content: string;
  /** Of the thing itself; begins anew when it is created again. */
  version: number;
}

export interface ModelRow {
  history: number;
  xid: number;
  place: number;
  id: string;
  key: string;
  version: number;
}

interface Change {
  content: string | null;
  position: Position;
}

interface Data {
  documents: Map<string, ModelDocument>;
  rows: ModelRow[];
  /** What each document was, in the order of commits. */
  changes: Map<string, Change[]>;
  state: { epoch: number; history: number; identity: DatabaseIdentity };
  sinks: Record<SinkKind, Generations>;
  jobs: Record<SinkKind, 'reindex' | 'rollback' | null>;
  droppedUpTo: Position | null;
  nextXid: number;
  nextPlace: number;
}

export interface ModelBatch {
  rows: (ModelRow & { cursor: Cursor })[];
  horizon: Cursor;
  droppedUpTo: Position | null;
}

export interface Writing {
  xid: number;
  documents: Map<string, ModelDocument | null>;
  rows: ModelRow[];
}

const START = { transactionId: '0', position: '0' };
const CLUSTER = { systemIdentifier: 'a', timeline: 1, databaseOid: 5 };
const NO_GENERATION: Generations = { generation: 0, previous: null, next: null, last: 0, needsRebuild: null };

const cursorOf = ({ xid, place }: ModelRow): Cursor => ({ transactionId: String(xid), position: String(place) });
const isAfter = (row: ModelRow, { transactionId, position }: Cursor): boolean =>
  row.xid > Number(transactionId) || (row.xid === Number(transactionId) && row.place > Number(position));
const isUpTo = (row: ModelRow, cursor: Cursor): boolean => !isAfter(row, cursor);
const inOrder = (a: ModelRow, b: ModelRow): number => a.xid - b.xid || a.place - b.place;

/** A Postgres in memory: transactions whose ids are given out in another order than they commit, documents, and the outbox. */
export class ModelPostgres {
  readonly writing = new Map<number, Writing>();
  readonly #off: Rule | null;
  #ids = 0;
  #here: Omit<DatabaseIdentity, 'history'> = CLUSTER;
  /** Who holds the leader's lock. */
  leader: number | null = null;
  /** It was restored, and no new history has begun yet: what sinks say of it means nothing. */
  isDoubtful = false;
  /** Counts how often it was restored. */
  life = 0;
  data: Data = {
    documents: new Map(),
    rows: [],
    changes: new Map(),
    state: { epoch: 0, history: 1, identity: { history: 1, ...CLUSTER } },
    sinks: { redis: NO_GENERATION, search: NO_GENERATION },
    jobs: { redis: null, search: null },
    droppedUpTo: null,
    // So that the number of digits grows before long.
    nextXid: 7,
    nextPlace: 95,
  };

  constructor(off: Rule | null) {
    this.#off = off;
  }

  /** The last row that retention has dropped. */
  get droppedUpTo(): Position | null {
    return this.#off === 'a sink left behind what was dropped is rebuilt' ? null : this.data.droppedUpTo;
  }

  get xmin(): number {
    return Math.min(this.data.nextXid, ...this.writing.keys());
  }

  begin(): Writing {
    const writing = { xid: this.data.nextXid, documents: new Map(), rows: [] };
    this.data.nextXid += 1;
    this.writing.set(writing.xid, writing);
    return writing;
  }

  /** Answers false when another transaction has locked the document. */
  write(writing: Writing, key: string, content: string | null): boolean {
    for (const other of this.writing.values()) if (other !== writing && other.documents.has(key)) return false;
    const own = writing.documents.get(key);
    const before = own === undefined ? this.data.documents.get(key) : own;
    const version = (before?.version ?? 0) + 1;
    writing.documents.set(key, content === null ? null : { content, version });
    const { history } = this.data.state;
    writing.rows.push({
      history,
      xid: writing.xid,
      place: this.data.nextPlace,
      id: `row${(this.#ids += 1)}`,
      key,
      version,
    });
    this.data.nextPlace += 1;
    return true;
  }

  commit(writing: Writing): void {
    this.writing.delete(writing.xid);
    this.data.rows.push(...writing.rows);
    for (const [key, document] of writing.documents) {
      if (document) this.data.documents.set(key, document);
      else this.data.documents.delete(key);
      const last = writing.rows.findLast((row) => row.key === key);
      if (!last) continue;
      const change = { content: document?.content ?? null, position: positionOf(last.history, cursorOf(last)) };
      this.data.changes.set(key, [...(this.data.changes.get(key) ?? []), change]);
    }
  }

  rollBack(writing: Writing): void {
    this.writing.delete(writing.xid);
  }

  /** The rows after a cursor in stream order, and the horizon, of one snapshot. */
  readBatch(history: number, after: Cursor, limit: number): ModelBatch {
    const xmin = this.xmin;
    const isSettled = ({ xid }: ModelRow) => this.#off === 'read below the horizon' || xid < xmin;
    const told = this.#off === 'tell no more than the horizon' ? this.data.nextXid : xmin;
    const rows = this.data.rows
      .filter((row) => row.history === history && isAfter(row, after))
      .toSorted(inOrder)
      .filter(isSettled)
      .slice(0, limit)
      .map((row) => ({ ...row, cursor: cursorOf(row) }));
    return { rows, horizon: { transactionId: String(told), position: '0' }, droppedUpTo: this.droppedUpTo };
  }

  horizon(): Cursor {
    return { transactionId: String(this.xmin), position: '0' };
  }

  newestRow(history: number): (Cursor & { id: string }) | null {
    const last = this.data.rows
      .filter((row) => row.history === history)
      .toSorted(inOrder)
      .at(-1);
    return last ? { ...cursorOf(last), id: last.id } : null;
  }

  hasRowsBetween(history: number, after: Cursor, upTo: Cursor): boolean {
    return this.data.rows.some((row) => row.history === history && isAfter(row, after) && isUpTo(row, upTo));
  }

  /** Whether the database has been where the checkpoint stands. */
  isContinued({ cursor, lastRow, identity }: Checkpoint): boolean {
    if (this.data.nextXid < Number(cursor.transactionId)) return false;
    const hasBehind = this.hasRowsBetween(identity.history, lastRow ?? START, cursor);
    if (hasBehind && this.#off !== 'no row lies behind the checkpoint unapplied') return false;
    if (!lastRow || this.#off === 'the row of the checkpoint is looked for') return true;
    return this.data.rows.some(({ id }) => id === lastRow.id);
  }

  takeOver(heldEpoch: number): Term {
    const { state } = this.data;
    const isHere = isSameDatabase(state.identity, { history: state.identity.history, ...this.#here });
    if (!isHere) this.#beginHistory();
    state.epoch = Math.max(state.epoch, heldEpoch) + 1;
    state.identity = { history: state.history, ...this.#here };
    return { epoch: state.epoch, identity: state.identity };
  }

  startHistory(ended: number): void {
    if (this.data.state.history === ended) this.#beginHistory();
  }

  #beginHistory(): void {
    const isWrittenTo = [...this.writing.values()].some(({ rows }) => rows.length > 0);
    const waits = this.#off !== 'a new history waits for who writes in the old one';
    if (isWrittenTo && waits) throw new Error('canceling statement due to lock timeout');
    this.data.state.history += 1;
    this.isDoubtful = false;
  }

  beginGeneration(sink: SinkKind, known: number): number {
    const { last, generation } = this.data.sinks[sink];
    const begun = this.#off === 'a fresh build gets a new generation' ? 1 : Math.max(last, generation, known) + 1;
    this.data.sinks[sink] = { ...NO_GENERATION, generation: begun, last: begun };
    return begun;
  }

  /** Changes generations in the name of a term; throws when it is over. */
  inTerm<T>(epoch: number, change: () => T): T {
    if (this.data.state.epoch !== epoch) throw new Error('the generations are not as they were expected');
    return change();
  }

  dropUpTo(row: ModelRow): void {
    const cursor = cursorOf(row);
    this.data.rows = this.data.rows.filter((each) => isAfter(each, cursor));
    const dropped = positionOf(row.history, cursor);
    if (!this.data.droppedUpTo || this.data.droppedUpTo < dropped) this.data.droppedUpTo = dropped;
  }

  copy(): Data {
    return structuredClone(this.data);
  }

  /** dump: loaded into the same cluster, or into another one; files: the cluster itself is set back. */
  restore(copy: Data, how: 'dump' | 'dump elsewhere' | 'files'): void {
    const { nextXid } = this.data;
    this.data = structuredClone(copy);
    this.writing.clear();
    this.leader = null;
    this.life += 1;
    this.isDoubtful = true;
    if (how === 'dump') this.data.nextXid = nextXid;
    if (how === 'dump elsewhere') {
      this.#here = { ...this.#here, systemIdentifier: `${this.#here.systemIdentifier}'` };
      this.data.nextXid = 7;
    }
  }
}
