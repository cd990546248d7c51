import { Meilisearch, type KeyCreation } from 'meilisearch';
import { SEARCH_INDEX_KINDS, SEARCH_SETTINGS, searchIndexName } from '@eduplatform/contracts/search-index';
import { searchDocuments, type TestCourse } from './courses.ts';

const WAIT = { timeout: 15_000, interval: 10 };

/** Stands in for the indexer: creates the indexes and fills them, as the contracts say. */
export class SearchWriter {
  readonly client: Meilisearch;
  readonly url: string;
  readonly indexPrefix: string;
  /** Of a key that may search and list indexes under the prefix, as the read API's may. */
  apiKey = '';
  epoch = 1;

  constructor({ url, masterKey, indexPrefix }: { url: string; masterKey: string; indexPrefix: string }) {
    this.client = new Meilisearch({ host: url, apiKey: masterKey });
    this.url = url;
    this.indexPrefix = indexPrefix;
  }

  /** Creates the key that readers use and the empty indexes with their settings. */
  async create(): Promise<void> {
    const actions: KeyCreation['actions'] = ['search', 'indexes.get'];
    const key = { name: 'reader', actions, indexes: [`${this.indexPrefix}*`], expiresAt: null };
    this.apiKey = (await this.client.createKey(key)).key;
    for (const kind of SEARCH_INDEX_KINDS) {
      const name = this.name(kind);
      await this.client.createIndex(name, { primaryKey: 'id' }).waitTask(WAIT);
      const settings = SEARCH_SETTINGS[kind] as unknown as Parameters<
        ReturnType<Meilisearch['index']>['updateSettings']
      >[0];
      await this.client.index(name).updateSettings(settings).waitTask(WAIT);
    }
  }

  name(kind: (typeof SEARCH_INDEX_KINDS)[number], epoch = this.epoch): string {
    return searchIndexName(this.indexPrefix, kind, 1, epoch);
  }

  async publish(...courses: TestCourse[]): Promise<void> {
    const documents = courses.map((course) => searchDocuments(course, 'v'));
    for (const kind of ['courses', 'lessons'] as const) {
      const batch = documents.flatMap((document): object[] => document[kind]);
      if (batch.length === 0) continue;
      const task = await this.client.index(this.name(kind)).addDocuments(batch).waitTask(WAIT);
      if (task.status !== 'succeeded')
        throw new Error(`the search engine refused the documents: ${task.error?.message}`);
    }
  }

  /** Renames the indexes, as a new leader does. */
  async takeOver(): Promise<void> {
    const swaps = SEARCH_INDEX_KINDS.map((kind) => ({
      indexes: [this.name(kind), this.name(kind, this.epoch + 1)] as [string, string],
      rename: true,
    }));
    const task = await this.client.swapIndexes(swaps).waitTask(WAIT);
    if (task.status !== 'succeeded') throw new Error(`the indexes were not renamed: ${task.error?.message}`);
    this.epoch += 1;
  }

  async close(): Promise<void> {
    for (const kind of SEARCH_INDEX_KINDS) await this.client.deleteIndex(this.name(kind)).waitTask(WAIT);
  }
}
