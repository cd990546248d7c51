import { MeiliError } from '../errors.ts';
import { defaultSettings, type Settings } from '../settings/settings.ts';
import type { IndexSwap } from '../tasks/task.ts';
import { SearchIndex, type IndexInfo } from './search-index.ts';

export const indexNotFound = (uid: string): MeiliError =>
  new MeiliError('index_not_found', `Index \`${uid}\` not found.`);

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** All indexes by name. */
export class IndexStore {
  readonly #indexes = new Map<string, SearchIndex>();

  get(uid: string): SearchIndex | undefined {
    return this.#indexes.get(uid);
  }

  require(uid: string): SearchIndex {
    const index = this.#indexes.get(uid);
    if (index === undefined) throw indexNotFound(uid);
    return index;
  }

  requireOrCreate(uid: string, mayCreate: boolean, now: string): SearchIndex {
    return this.#indexes.get(uid) ?? (mayCreate ? this.create(uid, null, now) : this.require(uid));
  }

  /** All indexes in order of their names. */
  list(): SearchIndex[] {
    return [...this.#indexes.values()].sort((left, right) => (left.uid < right.uid ? -1 : 1));
  }

  create(uid: string, primaryKey: string | null, now: string): SearchIndex {
    if (this.#indexes.has(uid)) throw new MeiliError('index_already_exists', `Index \`${uid}\` already exists.`);
    return this.restore({ uid, primaryKey, createdAt: now, updatedAt: now }, defaultSettings());
  }

  restore(info: IndexInfo, settings: Settings): SearchIndex {
    const index = new SearchIndex(info, settings);
    this.#indexes.set(info.uid, index);
    return index;
  }

  /** Answers how many documents went with it. */
  remove(uid: string): number {
    const { size } = this.require(uid);
    this.#indexes.delete(uid);
    return size;
  }

  /** Exchanges or renames indexes, all or none. */
  swap(swaps: readonly IndexSwap[]): void {
    const missing = new Set<string>();
    const taken: [string, string][] = [];
    for (const { indexes, rename } of swaps) {
      const [left, right] = indexes;
      if (!this.#indexes.has(left)) missing.add(left);
      if (!rename && !this.#indexes.has(right)) missing.add(right);
      if (rename && this.#indexes.has(right)) taken.push([left, right]);
    }
    if (missing.size > 0) throw swapNotFound([...missing].sort());
    if (taken.length > 0) throw swapTaken(taken);
    for (const { indexes } of swaps) this.#exchange(...indexes);
  }

  #exchange(left: string, right: string): void {
    const [mine, theirs] = [this.#indexes.get(left), this.#indexes.get(right)];
    this.#indexes.delete(left);
    this.#indexes.delete(right);
    if (mine !== undefined) this.#indexes.set((mine.uid = right), mine);
    if (theirs !== undefined) this.#indexes.set((theirs.uid = left), theirs);
  }
}

function swapNotFound(names: readonly string[]): MeiliError {
  const [only] = names;
  if (names.length === 1 && only !== undefined) return indexNotFound(only);
  return new MeiliError('index_not_found', `Indexes ${listed(names)} not found.`);
}

function swapTaken(taken: readonly [string, string][]): MeiliError {
  const [first] = taken;
  if (taken.length === 1 && first !== undefined) {
    const [left, right] = first;
    return new MeiliError(
      'index_already_exists',
      `Cannot rename \`${left}\` to \`${right}\` as the index already exists. Hint: You can remove \`${right}\` first and then do your remove.`,
    );
  }
  return new MeiliError(
    'index_already_exists',
    `The following indexes are being renamed but cannot because their new name conflicts with an already existing index: ${listed(taken.map(([, right]) => right))}. Renaming doesn't overwrite the other index name.`,
  );
}
