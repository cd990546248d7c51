import type { Redis } from 'ioredis';
import {
  currentKey,
  redisNamespace,
  watermarkChannel,
  type CurrentGenerations,
} from '@eduplatform/contracts/redis-keys';
import type { Logger } from '@eduplatform/observability/logger';
import { ChangeFeed } from './change-feed.ts';
import { parseCurrent, parseWatermarkMessage } from './current.ts';
import { DirectReader } from './direct-reader.ts';
import { DocumentStore } from './document-store.ts';
import { keepAlive } from './keep-alive.ts';
import { LiveState } from './live-state.ts';
import { nextRun } from './next-run.ts';
import { ReadCache } from './read-cache.ts';
import type { Basis } from './read.ts';
import { connect, createRedis, disconnect, RedisGate } from './redis-connection.ts';

export interface ReadModelOptions {
  url: string;
  prefix: string;
  logger: Logger;
  cacheBytes?: number;
  cacheFreshMs?: number;
  /** Milliseconds that one Redis command may take. */
  commandTimeoutMs?: number;
}

export interface ReadModel {
  readonly state: LiveState;
  readonly documents: DocumentStore;
  /** Reads past the cache. */
  readonly direct: DirectReader;
  /** Whether all of what was read would be read again without asking Redis. */
  holds(basis: Basis): boolean;
  /** What the indexer announces as changed. */
  readonly changes: ChangeFeed;
  /** The connection that documents are read by. */
  readonly redis: Redis;
  /** Redis answers, and announcements arrive. */
  readonly isUp: boolean;
  /** Reads `<prefix>:current` again. */
  confirm(): Promise<void>;
  /** Throws unless Redis answers and the read model is complete. */
  check(): Promise<void>;
  /** Begins to connect; returns at once, and goes on trying while Redis is away. */
  start(): void;
  stop(): Promise<void>;
}

const CACHE_BYTES = 64 * 1024 * 1024;
/** Announcements invalidate at once; this bounds what a lost one costs. */
const CACHE_FRESH_MS = 5000;

/** The Redis read model: its documents, and its generations and watermarks kept current by the indexer's channel. */
export function createReadModel(options: ReadModelOptions): ReadModel {
  const { url, prefix, logger } = options;
  const client = createRedis(url, 'read-api', logger, options.commandTimeoutMs);
  const subscriber = createRedis(url, 'read-api-watermarks', logger, options.commandTimeoutMs);
  const gate = new RedisGate(client, logger);
  const state = new LiveState();
  const changes = new ChangeFeed();
  let subscribed = false;
  const cache = new ReadCache({
    maxBytes: options.cacheBytes ?? CACHE_BYTES,
    freshMs: options.cacheFreshMs ?? CACHE_FRESH_MS,
    mark: () => state.mark('redis'),
    hearsChanges: () => subscribed,
  });

  const confirm = nextRun(async () => {
    const begun = state.beginReload();
    const hash = await gate.send('hgetall', (redis) => redis.hgetall(currentKey(prefix)));
    state.replace(parseCurrent(hash as Partial<CurrentGenerations>), begun);
  });
  const reload = (): void => {
    confirm().catch((error: Error) => logger.warn({ err: error }, 'the current generations could not be read'));
  };

  let generation = state.redis?.generation;
  state.onChange(() => {
    if (state.redis?.generation === generation) return;
    generation = state.redis?.generation;
    changes.announceAll();
  });

  client.on('ready', reload);
  subscriber.on('ready', () => {
    subscriber.subscribe(watermarkChannel(prefix)).then(
      () => {
        cache.expireAll();
        subscribed = true;
        reload();
      },
      (error: Error) => {
        logger.warn({ err: error }, 'the watermarks could not be subscribed to');
        subscriber.disconnect(true);
      },
    );
  });
  subscriber.on('close', () => {
    subscribed = false;
    cache.expireAll();
    changes.interrupt();
  });
  subscriber.on('message', (_channel: string, text: string) => {
    const message = parseWatermarkMessage(text);
    if (!message) {
      logger.warn('an announcement of the indexer could not be understood');
      return;
    }
    if (message.sink === 'redis') {
      const namespace = redisNamespace(prefix, message.generation);
      cache.invalidate(message.touched.map((key) => namespace + key));
    }
    if (!state.apply(message)) reload();
    if (message.sink === 'redis' && message.generation === generation) changes.announce(message.touched);
  });

  let stopKeepingAlive = (): void => {};
  return {
    state,
    redis: client,
    documents: new DocumentStore({ prefix, state, gate, cache, confirm }),
    changes,
    holds: (basis) => state.redis?.generation === basis.generation && cache.areFresh(basis.validities),
    direct: new DirectReader({ prefix, state, gate, confirm }),
    get isUp() {
      return subscribed && gate.isUp;
    },
    confirm,
    async check() {
      await confirm();
      if (!state.redis?.ready) throw new Error('the read model is being built');
    },
    start() {
      connect(client);
      connect(subscriber);
      stopKeepingAlive = keepAlive(subscriber);
    },
    async stop() {
      stopKeepingAlive();
      await Promise.all([disconnect(client), disconnect(subscriber)]);
    },
  };
}
