import { catalogList } from '@eduplatform/contracts/catalog';
import { currentKey, redisNamespace, searchFields, type CurrentGenerations } from '@eduplatform/contracts/redis-keys';
import type { SearchServer } from '@eduplatform/contracts/search-servers';
import { searchIndexName, type SearchIndexKind } from '@eduplatform/contracts/search-index';
import { Redis } from 'ioredis';
import { withPostgres } from '../servers/postgres.ts';
import { note, ok, problem, type Finding } from './finding.ts';

export interface ReadModelAddresses {
  database: string;
  redis: string;
  redisPrefix: string;
  /** Each with its master key. */
  search: SearchServer[];
  searchPrefix: string;
}

interface Counts {
  courses: number;
  lessons: number;
}

/** Compares how much is published in Postgres with what Redis and the search engine hold. */
export async function examineReadModels(addresses: ReadModelAddresses): Promise<Finding[]> {
  const published = await countPublished(addresses.database);
  const redis = new Redis(addresses.redis, { maxRetriesPerRequest: 1, connectTimeout: 2_000, lazyConnect: true });
  // The commands below reject with the reason.
  redis.on('error', () => undefined);
  try {
    const current = (await redis.hgetall(currentKey(addresses.redisPrefix))) as Partial<CurrentGenerations>;
    if (!current.redisGeneration) return [problem('Read models', 'not built yet')];
    const namespace = redisNamespace(addresses.redisPrefix, Number(current.redisGeneration));
    return [
      note('Published', `${published.courses} courses, ${published.lessons} lessons in Postgres`),
      compare('In Redis', published, await countInRedis(redis, namespace)),
      ...(await Promise.all(addresses.search.map((server) => examineSearch(server, addresses, current, published)))),
    ];
  } finally {
    redis.disconnect();
  }
}

function compare(topic: string, expected: Counts, actual: Counts): Finding {
  const text = `${actual.courses} courses, ${actual.lessons} lessons`;
  const same = actual.courses === expected.courses && actual.lessons === expected.lessons;
  return same ? ok(topic, text) : problem(topic, `${text}: the indexer is behind or the read model is damaged`);
}

function countPublished(url: string): Promise<Counts> {
  const query = `SELECT (SELECT count(*)::int FROM courses WHERE live_revision IS NOT NULL) AS courses,
                        (SELECT count(*)::int FROM live_lessons) AS lessons`;
  return withPostgres(url, async (client) => {
    const { rows } = await client.query<Counts>(query);
    return rows[0] ?? { courses: 0, lessons: 0 };
  });
}

async function countInRedis(redis: Redis, namespace: string): Promise<Counts> {
  const courses = await redis.zcard(namespace + catalogList('all', 'newest'));
  let lessons = 0;
  for await (const keys of redis.scanStream({ match: `${namespace}lesson:*`, count: 500 }) as AsyncIterable<string[]>) {
    const bodies = await Promise.all(keys.map((key) => redis.hexists(key, 'd')));
    lessons += bodies.filter(Boolean).length;
  }
  return { courses, lessons };
}

async function examineSearch(
  server: SearchServer,
  { searchPrefix }: ReadModelAddresses,
  current: Partial<CurrentGenerations>,
  published: Counts,
): Promise<Finding> {
  const topic = `In ${server.name}`;
  const fields = searchFields(server.name);
  const [generation, epoch] = [current[fields.generation], current[fields.epoch]];
  if (!generation || !epoch) return problem(topic, 'not built yet');
  try {
    const nameOf = (kind: SearchIndexKind) => searchIndexName(searchPrefix, kind, Number(generation), Number(epoch));
    return compare(topic, published, await countInSearch(server, nameOf));
  } catch (error) {
    return problem(topic, (error as Error).message);
  }
}

async function countInSearch({ url, key }: SearchServer, nameOf: (kind: SearchIndexKind) => string): Promise<Counts> {
  const count = async (kind: SearchIndexKind) => {
    const index = nameOf(kind);
    const response = await fetch(`${url}/indexes/${index}/documents/fetch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ limit: 0, fields: ['id'] }),
      signal: AbortSignal.timeout(5_000),
    });
    const answer = (await response.json()) as { total?: number; message?: string };
    if (answer.total === undefined) throw new Error(`counting ${index} failed: ${answer.message ?? response.status}`);
    return answer.total;
  };
  return { courses: await count('courses'), lessons: await count('lessons') };
}
