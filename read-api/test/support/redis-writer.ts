import { Redis } from 'ioredis';
import type { DocumentChange } from '@eduplatform/contracts/document-change';
import {
  currentKey,
  redisNamespace,
  watermarkChannel,
  type CurrentGenerations,
  type WatermarkMessage,
} from '@eduplatform/contracts/redis-keys';
import { positionAt, redisDocuments, type TestCourse } from './courses.ts';

/** Stands in for the indexer: writes documents to Redis and announces them, as the contracts say. */
export class RedisWriter {
  readonly redis: Redis;
  readonly prefix: string;
  generation = 1;
  #transaction = 1;

  constructor(url: string, prefix: string) {
    this.redis = new Redis(url, { maxRetriesPerRequest: 5 });
    // Tests take Redis away; what a command then fails with is theirs to see.
    this.redis.on('error', () => {});
    this.prefix = prefix;
  }

  /** The position of the last batch. */
  get position(): string {
    return positionAt(this.#transaction);
  }

  /** Declares the models built, as `<prefix>:current` says it. */
  async declare(fields: Partial<CurrentGenerations> = {}): Promise<void> {
    const mark = JSON.stringify({ position: this.position, at: new Date().toISOString() });
    const current: CurrentGenerations = {
      redisGeneration: String(this.generation),
      redisReady: 'true',
      searchGeneration: '1',
      searchEpoch: '1',
      searchReady: 'true',
      leaderEpoch: '1',
      redisWatermark: mark,
      searchWatermark: mark,
      ...fields,
    };
    await this.redis.hset(currentKey(this.prefix), current as unknown as Record<string, string>);
  }

  /** Writes documents without telling anybody. */
  async write(changes: DocumentChange[]): Promise<string[]> {
    const namespace = redisNamespace(this.prefix, this.generation);
    const touched: string[] = [];
    for (const change of changes) {
      const key = namespace + change.key;
      touched.push(change.key);
      for (const { list, member } of JSON.parse((await this.redis.hget(key, 'lists')) ?? '[]') as Membership[]) {
        await this.redis.zrem(namespace + list, member);
        touched.push(list);
      }
      await this.redis.del(key);
      if ('tombstone' in change) {
        await this.redis.hset(key, { v: change.version, t: '1' });
        continue;
      }
      const lists = change.lists ?? [];
      const guard = change.guard === undefined ? {} : { g: change.guard };
      await this.redis.hset(key, { v: change.version, d: change.body, h: 'x', ...guard, lists: JSON.stringify(lists) });
      for (const { list, member } of lists) await this.redis.zadd(namespace + list, 0, member);
      touched.push(...lists.map(({ list }) => list));
    }
    return touched;
  }

  /** Writes documents that were never there, many at a time and without telling anybody. */
  async fill(changes: Exclude<DocumentChange, { tombstone: true }>[]): Promise<void> {
    const namespace = redisNamespace(this.prefix, this.generation);
    for (let begin = 0; begin < changes.length; begin += 1000) {
      const pipeline = this.redis.pipeline();
      const added = new Map<string, (string | number)[]>();
      for (const { key, version, body, lists = [] } of changes.slice(begin, begin + 1000)) {
        pipeline.hset(namespace + key, { v: version, d: body, h: 'x', lists: JSON.stringify(lists) });
        for (const { list, member } of lists) added.set(list, [...(added.get(list) ?? []), 0, member]);
      }
      for (const [list, members] of added) pipeline.zadd(namespace + list, ...members);
      await pipeline.exec();
    }
  }

  /** Announces that a sink has come to a position. */
  async announce(message: Partial<WatermarkMessage> = {}): Promise<void> {
    const sink = message.sink ?? 'redis';
    const full: WatermarkMessage = {
      sink,
      generation: sink === 'redis' ? this.generation : 1,
      ...(sink !== 'redis' && { epoch: 1 }),
      position: this.position,
      at: new Date().toISOString(),
      touched: [],
      ...message,
    };
    const mark = JSON.stringify({ position: full.position, at: full.at });
    await this.redis.hset(currentKey(this.prefix), `${sink}Watermark`, mark);
    await this.redis.publish(watermarkChannel(this.prefix), JSON.stringify(full));
  }

  /** Writes and announces one batch; answers its position. */
  async batch(changes: DocumentChange[]): Promise<string> {
    this.#transaction += 1;
    const touched = await this.write(changes);
    await this.announce({ touched });
    return this.position;
  }

  /** Takes the next position without writing anything. */
  nextPosition(): string {
    this.#transaction += 1;
    return this.position;
  }

  publish(...courses: TestCourse[]): Promise<string> {
    const version = positionAt(this.#transaction + 1);
    return this.batch(courses.flatMap((course) => redisDocuments(course, version)));
  }

  async close(): Promise<void> {
    try {
      const keys = await this.redis.keys(`${this.prefix}:*`);
      if (keys.length > 0) await this.redis.del(...keys);
    } catch (error) {
      // Where the test took Redis away there is nothing to remove.
      if ((error as Error).name !== 'MaxRetriesPerRequestError') throw error;
    } finally {
      this.redis.disconnect();
    }
  }
}

interface Membership {
  list: string;
  member: string;
}
