import { Redis } from 'ioredis';
import { Meilisearch } from 'meilisearch';
import {
  currentKey,
  documentKeys,
  redisNamespace,
  watermarkChannel,
  type WatermarkMessage,
} from '@eduplatform/contracts/redis-keys';
import { searchIndexName } from '@eduplatform/contracts/search-index';
import type { Publish } from './load.ts';
import type { Servers } from './servers.ts';

/** When a publish was found in each read model, in milliseconds since 1970. */
export interface Sighting extends Publish {
  redisAt?: number;
  searchAt?: number;
}

export interface Watch {
  sightings: Map<string, Sighting>;
  /** What a reader found that it must not: an old document behind a new watermark. */
  wrong: string[];
  expect(publish: Publish): void;
  isComplete(): boolean;
  close(): Promise<void>;
}

const now = (): number => performance.timeOrigin + performance.now();

interface Arrival {
  position: string;
  at: number;
  generation: number;
  epoch: number;
}

/** The sinks whose answers are waited for. */
type Watched = 'redis' | 'search';

/**
 * Watches the watermarks as a read API does. A publish counts as live when the first watermark past its position
 * arrives *and* the new title is then found: by key in Redis, and by a search with the reader's key.
 */
export async function watchReadModels({ redisUrl, redisPrefix, search }: Servers): Promise<Watch> {
  const redis = new Redis(redisUrl);
  const subscriber = new Redis(redisUrl);
  const engine = new Meilisearch({ host: search.url, apiKey: search.readerKey });
  const sightings = new Map<string, Sighting>();
  const wrong: string[] = [];
  const arrivals: Record<Watched, Arrival[]> = { redis: [], search: [] };
  const checks: Promise<void>[] = [];

  const inRedis = async ({ lessonId, word }: Sighting, { generation }: Arrival): Promise<boolean> => {
    const body = await redis.hget(redisNamespace(redisPrefix, generation) + documentKeys.lesson(lessonId), 'd');
    return body?.includes(word) ?? false;
  };
  const inSearch = async ({ lessonId, word }: Sighting, { generation, epoch }: Arrival): Promise<boolean> => {
    const index = engine.index(searchIndexName(search.indexPrefix, 'lessons', generation, epoch));
    const { hits } = await index.search(word, { filter: `id = "${lessonId}"`, attributesToRetrieve: ['title'] });
    return hits.some((hit) => String(hit['title']).endsWith(word));
  };
  const look = (sink: Watched, sighting: Sighting): void => {
    const field = sink === 'redis' ? 'redisAt' : 'searchAt';
    const arrival = arrivals[sink].find(({ position }) => position >= sighting.position);
    if (!arrival || sighting[field] !== undefined) return;
    sighting[field] = arrival.at;
    const found = sink === 'redis' ? inRedis(sighting, arrival) : inSearch(sighting, arrival);
    const check = found.then((isThere) => {
      if (!isThere) wrong.push(`${sink} did not have "${sighting.word}" behind ${arrival.position}`);
      // A search counts when it has answered.
      else if (sink === 'search') sighting.searchAt = Math.max(arrival.at, now());
    });
    checks.push(check.catch((error: Error) => void wrong.push(error.message)));
  };

  subscriber.on('message', (_channel: string, text: string) => {
    const { sink, position, generation, epoch = 0 } = JSON.parse(text) as WatermarkMessage;
    if (sink !== 'redis' && sink !== 'search') return;
    arrivals[sink].push({ position, at: now(), generation, epoch });
    for (const sighting of sightings.values()) look(sink, sighting);
  });
  await subscriber.subscribe(watermarkChannel(redisPrefix));
  if ((await redis.hget(currentKey(redisPrefix), 'searchReady')) !== 'true') throw new Error('search is not ready');
  return {
    sightings,
    wrong,
    expect(publish) {
      const sighting = { ...publish };
      sightings.set(publish.position, sighting);
      // The watermark may have been faster than the answer of the write API.
      for (const sink of ['redis', 'search'] as const) look(sink, sighting);
    },
    isComplete: () => [...sightings.values()].every(({ redisAt, searchAt }) => redisAt && searchAt),
    async close() {
      await Promise.all(checks);
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}
