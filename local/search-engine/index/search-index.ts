import type { JsonObject } from '../json.ts';
import type { Settings } from '../settings/settings.ts';
import { facetValues, type FacetValues } from './facet-values.ts';
import { addPaths } from './paths.ts';
import { TextIndex } from './text-index.ts';

/** A document as stored. Bodies are never changed in place, so that a snapshot may hold on to them. */
export interface StoredDocument {
  /** Internal number: order of first arrival, the last tie-break of a search. */
  readonly number: number;
  readonly id: string;
  readonly body: JsonObject;
  readonly facets: Map<string, FacetValues>;
}

export interface IndexInfo {
  uid: string;
  createdAt: string;
  updatedAt: string;
  primaryKey: string | null;
}

/** One index: its documents, their text, its settings. */
export class SearchIndex {
  uid: string;
  readonly createdAt: string;
  updatedAt: string;
  primaryKey: string | null;
  settings: Settings;
  text: TextIndex;
  /** Counts changes, so that results of searches can be cached. */
  version = 0;
  readonly #byId = new Map<string, StoredDocument>();
  readonly #byNumber = new Map<number, StoredDocument>();
  readonly #fields = new Set<string>();
  #nextNumber = 0;

  constructor(info: IndexInfo, settings: Settings) {
    this.uid = info.uid;
    this.createdAt = info.createdAt;
    this.updatedAt = info.updatedAt;
    this.primaryKey = info.primaryKey;
    this.settings = settings;
    this.text = new TextIndex(settings);
  }

  get info(): IndexInfo {
    return { uid: this.uid, createdAt: this.createdAt, updatedAt: this.updatedAt, primaryKey: this.primaryKey };
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): StoredDocument | undefined {
    return this.#byId.get(id);
  }

  byNumber(number: number): StoredDocument | undefined {
    return this.#byNumber.get(number);
  }

  /** All documents in order of first arrival. */
  documents(): IterableIterator<StoredDocument> {
    return this.#byId.values();
  }

  put(id: string, body: JsonObject): void {
    const number = this.#byId.get(id)?.number ?? this.#nextNumber++;
    const stored: StoredDocument = { number, id, body, facets: new Map() };
    this.#byId.set(id, stored);
    this.#byNumber.set(number, stored);
    addPaths(body, '', this.#fields);
    this.text.put(number, body);
    this.version += 1;
  }

  delete(id: string): boolean {
    const stored = this.#byId.get(id);
    if (stored === undefined) return false;
    this.#byId.delete(id);
    this.#byNumber.delete(stored.number);
    this.text.remove(stored.number);
    this.version += 1;
    return true;
  }

  clear(): number {
    const count = this.#byId.size;
    this.#byId.clear();
    this.#byNumber.clear();
    this.text = new TextIndex(this.settings);
    this.version += 1;
    return count;
  }

  /** Has any document ever had this field? */
  hasField(path: string): boolean {
    return this.#fields.has(path);
  }

  /** Paths of all fields that documents have had. */
  fields(): IterableIterator<string> {
    return this.#fields.values();
  }

  /** Facet values of a document, read once and kept until the document changes. */
  facets(document: StoredDocument, path: string): FacetValues {
    let values = document.facets.get(path);
    if (values === undefined) document.facets.set(path, (values = facetValues(document.body, path)));
    return values;
  }

  /** Number of documents holding each top-level field. */
  fieldDistribution(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { body } of this.#byId.values()) {
      for (const field of Object.keys(body)) counts[field] = (counts[field] ?? 0) + 1;
    }
    return Object.fromEntries(Object.entries(counts).sort(([left], [right]) => (left < right ? -1 : 1)));
  }
}
