import type { Redis } from 'ioredis';
import { currentKey, searchFields, type SinkWatermark } from '@eduplatform/contracts/redis-keys';
import {
  searchIndexName,
  type CourseSearchDocument,
  type LessonSearchDocument,
  type SearchIndexKind,
} from '@eduplatform/contracts/search-index';
import { searchKey } from '@eduplatform/contracts/search-key';
import type { SearchSinkName } from '@eduplatform/contracts/search-servers';
import type { IndexerConfig } from '../../indexer.ts';
import { createSearchClient } from '../../sinks/search/client.ts';
import { findIndexes } from '../../sinks/search/indexes.ts';

/** What a reader finds in a search engine, with the reader's key and the names that Redis tells. */
export function searchModel(
  { search, redis: { prefix } }: Pick<IndexerConfig, 'search' | 'redis'>,
  redis: Redis,
  sink: SearchSinkName = 'search',
) {
  const fields = searchFields(sink);
  const master = createSearchClient(search.url, search.masterKey);
  const reader = createSearchClient(search.url, searchKey(search.masterKey, 'reader', search.indexPrefix));
  const current = (field: string) => redis.hget(currentKey(prefix), field);
  const name = async (kind: SearchIndexKind) =>
    searchIndexName(
      search.indexPrefix,
      kind,
      Number(await current(fields.generation)),
      Number(await current(fields.epoch)),
    );
  return {
    master,
    name,
    indexes: async () => (await findIndexes(master, search.indexPrefix)).map(({ uid }) => uid).toSorted(),
    isReady: async () => (await current(fields.ready)) === 'true',
    /** JSON of the keys that readers are told are old. */
    dead: () => current('searchDead'),
    async hasPassed(position: string): Promise<boolean> {
      const json = await current(fields.watermark);
      return json !== null && (JSON.parse(json) as SinkWatermark).position >= position;
    },
    async find(kind: 'courses' | 'lessons', query: string) {
      const index = reader.index<CourseSearchDocument | LessonSearchDocument>(await name(kind));
      return (await index.search(query)).hits.map(({ id }) => id);
    },
    /** Version of every document. */
    async documents(kind: SearchIndexKind): Promise<Map<string, string>> {
      const index = master.index<{ id: string; v: string }>(await name(kind));
      const { results } = await index.getDocuments({ limit: 10_000, fields: ['id', 'v'] });
      return new Map(results.map(({ id, v }) => [id, v]));
    },
  };
}
