import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import {
  checkpointKey,
  currentKey,
  documentKeys,
  redisNamespace,
  type SinkWatermark,
} from '@eduplatform/contracts/redis-keys';
import { createPool } from '@eduplatform/db/pool';
import { createLogger } from '@eduplatform/observability/logger';
import { createTestDatabase, testRedis, testSearch } from '@eduplatform/local/testing/context';
import { startIndexer, type Indexer, type IndexerConfig, type IndexerOptions } from '../../indexer.ts';
import { searchModel } from './search-model.ts';
import { RedisSink } from '../../sinks/redis/redis-sink.ts';

export const silent = createLogger('test', process.env.TEST_LOG ?? 'silent');
export const ignore = (): void => {};

/** A database, a Redis prefix and an index prefix of its own, all given back when the test ends. */
export async function createBench(redisUrl?: string) {
  const database = await createTestDatabase();
  const shared = testRedis();
  const redis = { prefix: shared.prefix, url: redisUrl ?? shared.url };
  const search = testSearch();
  const pool = createPool({ connectionString: database.url, applicationName: 'test', max: 4 });
  const client = new Redis(redis.url, { lazyConnect: true });
  client.on('error', ignore);
  await client.connect();
  const config: IndexerConfig = { databaseUrl: database.url, redis, search, pollMs: 100 };
  onTestFinished(async () => {
    client.disconnect();
    await pool.end();
    await database.drop();
  });
  return { pool, config, redis: client, model: readModel(client, redis.prefix) };
}

/** The same with a look into the search engine. */
export async function createSearchBench() {
  const bench = await createBench();
  return { ...bench, search: searchModel(bench.config, bench.redis) };
}

/** An indexer with the sinks that the product has. */
export const startSearchIndexer = (config: IndexerConfig, options: Partial<IndexerOptions> = {}): Indexer =>
  startTestIndexer(config, options);

/** An indexer with the Redis sink alone, stopped when the test ends. */
export const startRedisIndexer = (config: IndexerConfig, options: Partial<IndexerOptions> = {}): Indexer =>
  startTestIndexer(config, { sinks: [new RedisSink({ ...config.redis, onError: ignore })], ...options });

export function startTestIndexer(config: IndexerConfig, options: Partial<IndexerOptions> = {}): Indexer {
  const indexer = startIndexer({ config, logger: silent, onFatal: ignore, ...options });
  onTestFinished(() => indexer.stop());
  return indexer;
}

/** What a reader finds in Redis. */
export function readModel(redis: Redis, prefix: string) {
  const current = (field: string) => redis.hget(currentKey(prefix), field);
  const namespace = async () => redisNamespace(prefix, Number(await current('redisGeneration')));
  return {
    current,
    async document(key: string): Promise<Record<string, string>> {
      return redis.hgetall((await namespace()) + key);
    },
    async body<T>(key: string): Promise<T | null> {
      const body = await redis.hget((await namespace()) + key, 'd');
      return body === null ? null : (JSON.parse(body) as T);
    },
    async list(name: string): Promise<string[]> {
      return redis.zrange((await namespace()) + name, '0', '-1');
    },
    async watermark(): Promise<SinkWatermark | null> {
      const json = await current('redisWatermark');
      return json === null ? null : (JSON.parse(json) as SinkWatermark);
    },
    async isReady(): Promise<boolean> {
      return (await current('redisReady')) === 'true';
    },
    async hasPassed(position: string): Promise<boolean> {
      const json = await current('redisWatermark');
      return json !== null && (JSON.parse(json) as SinkWatermark).position >= position;
    },
    /** Every document with its version, without tombstones. */
    async documents(): Promise<Map<string, string>> {
      const space = await namespace();
      const found = new Map<string, string>();
      for (const key of await redis.keys(`${space}*`)) {
        if (key.includes(':list:') || key.endsWith(':checkpoint')) continue;
        const { v = '', t } = await redis.hgetall(key);
        if (t !== '1') found.set(key.slice(space.length), v);
      }
      return found;
    },
    /** Everything that readers can find, without versions: fields of documents, members of lists. */
    async contents() {
      const space = await namespace();
      const documents = new Map<string, Record<string, string>>();
      const lists = new Map<string, string[]>();
      for (const key of (await redis.keys(`${space}*`)).toSorted()) {
        const name = key.slice(space.length);
        if (name === checkpointKey) continue;
        if (name.startsWith('list:')) {
          lists.set(name, await redis.zrange(key, '0', '-1'));
          continue;
        }
        const { v: _, ...fields } = await redis.hgetall(key);
        if (fields.t !== '1') documents.set(name, fields);
      }
      return { documents, lists };
    },
  };
}

export { documentKeys };
