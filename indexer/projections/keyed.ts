import type { Queryable } from '@eduplatform/db/transaction';
import type { Unversioned } from './draft-change.ts';
import { handle, type EventHandlers } from './event-handlers.ts';
import { columnOf, parseKey, textOf, uniqueKeys, type Key } from './key.ts';
import type { EventRow, Page, Projection } from './projection.ts';

/** Keys loaded at a time. */
export const KEYS_PER_PAGE = 500;

/**
 * Keys that have to be looked for. The statement answers `key uuid[]` in the order of keys: those behind `$1::uuid[]`,
 * at most `$2`, for the parts of what the events named, an array each from `$3` on.
 */
export interface Finder {
  statement: string;
  from: EventHandlers<Key[]>;
}

/** A projection whose documents are found by ids. What is known of a kind, and nothing of paging. */
export interface KeyedKind<Row> {
  kind: string;
  /** The table that is counted for the progress of a build. */
  table: string;
  /** Keys that events name. */
  touches: EventHandlers<Key[]>;
  finders?: Finder[];
  /** Like a finder's statement, over all there is. */
  all: string;
  /** The rows behind the keys: one query, however many they are. */
  load(db: Queryable, keys: readonly Key[]): Promise<Row[]>;
  /** Documents of the rows, and tombstones of keys without one. Pure. */
  documents(keys: readonly Key[], rows: Row[]): Unversioned[];
}

export function keyedProjection<Row>(kind: KeyedKind<Row>): Projection {
  const pageOf = (db: Queryable, keys: readonly Key[]): Page => ({
    last: textOf(keys.at(-1) ?? []),
    size: keys.length,
    load: async () => kind.documents(keys, await kind.load(db, keys)),
  });
  return {
    kind: kind.kind,
    count: (db) => estimateRows(db, kind.table),
    async *all(db, after) {
      for await (const keys of find(db, kind.all, after === null ? null : parseKey(after), [])) yield pageOf(db, keys);
    },
    async load(db, keys) {
      const parsed = keys.map(parseKey);
      return kind.documents(parsed, await kind.load(db, parsed));
    },
    async *touched(db, rows) {
      for (const keys of namedKeys(kind.touches, rows)) yield pageOf(db, keys);
      for (const { statement, from } of kind.finders ?? []) {
        for (const named of namedKeys(from, rows)) {
          for await (const keys of find(db, statement, null, named)) yield pageOf(db, keys);
        }
      }
    },
  };
}

/** Keys that the events name, each once, in pages. */
export function* namedKeys(touches: EventHandlers<Key[]>, rows: readonly EventRow[]): Generator<Key[]> {
  const keys = uniqueKeys([...handle(touches, rows)].flat());
  for (let start = 0; start < keys.length; start += KEYS_PER_PAGE) yield keys.slice(start, start + KEYS_PER_PAGE);
}

const NIL = '00000000-0000-0000-0000-000000000000';
/** Before every key, however many parts it has. */
const BEFORE_ALL: Key = [NIL, NIL, NIL];

async function* find(db: Queryable, statement: string, after: Key | null, named: readonly Key[]) {
  const columns = (named[0] ?? []).map((_, part) => columnOf(named, part));
  for (let last = after ?? BEFORE_ALL; ;) {
    const { rows } = await db.query<{ key: string[] }>(statement, [last, KEYS_PER_PAGE, ...columns]);
    const keys = rows.map(({ key }) => key);
    if (keys.length > 0) yield keys;
    const end = keys.at(-1);
    if (end === undefined || keys.length < KEYS_PER_PAGE) return;
    last = end;
  }
}

/** As of the last analyze: to count the rows of a large table would take longer than the figure is worth. */
async function estimateRows(db: Queryable, table: string): Promise<number> {
  const { rows } = await db.query<{ total: number }>(
    'select greatest(reltuples, 0)::int8 as total from pg_class where oid = $1::regclass',
    [table],
  );
  return rows[0]?.total ?? 0;
}
