import type { Redis } from 'ioredis';
import type { LessonGuard } from '@eduplatform/contracts/documents';
import { redisNamespace } from '@eduplatform/contracts/redis-keys';
import { etagOf } from '@eduplatform/http-kit/etag';
import type { LiveState } from './live-state.ts';
import { building, isUnavailable, unavailable } from './problems.ts';
import type { Loaded, ReadCache } from './read-cache.ts';
import type { Read } from './read.ts';
import type { RedisGate } from './redis-connection.ts';

export interface StoredDocument {
  /** The bytes to send. */
  body: Buffer;
  etag: string;
  /** Who may open it, where the indexer stored that. */
  guard: LessonGuard | null;
}

interface FoundDocument {
  document: StoredDocument | null;
  /** A newer one was refused: what is found, or that nothing is, is old. */
  isOld: boolean;
}

export interface ListRange {
  list: string;
  /** Bound that the range begins behind, exclusive, or null for the beginning. */
  from: string | null;
  count: number;
  descending: boolean;
}

export interface DocumentStoreOptions {
  prefix: string;
  state: LiveState;
  gate: RedisGate;
  cache: ReadCache;
  /** Reads `<prefix>:current` again, beginning after this call. */
  confirm: () => Promise<void>;
}

/** What a cache entry weighs beside its bytes. */
const OVERHEAD_BYTES = 250;
/** Milliseconds that the absence of a document is believed. */
const ABSENT_FRESH_MS = 1000;

class GenerationMoved extends Error {}

/** Reads the live generation of the Redis read model through the cache. Throws 503 problems, never "not found". */
export class DocumentStore {
  readonly #options: DocumentStoreOptions;

  constructor(options: DocumentStoreOptions) {
    this.#options = options;
  }

  /** The document, or null when the finished read model has none. Throws read_model_building or _unavailable. */
  get(read: Read, key: string): Promise<StoredDocument | null> {
    return this.#document(read, key, {});
  }

  /** As `get`, but throws read_model_unavailable where that would answer with an older copy while Redis is away. */
  getCurrent(read: Read, key: string): Promise<StoredDocument | null> {
    return this.#document(read, key, { fallsBack: false });
  }

  /** Members of a list in its order. Throws read_model_building while the lists are being filled. */
  range(read: Read, range: ListRange): Promise<string[]> {
    const key = `${range.list}|${range.descending ? 'down' : 'up'}|${range.count}|${range.from ?? ''}`;
    return this.#cached(read, key, range.list, (namespace) => this.#loadRange(namespace, range));
  }

  /** How many members a list has. */
  count(read: Read, list: string): Promise<number> {
    return this.#cached(read, `${list}|count`, list, async (namespace) => ({
      value: await this.#whileReady(namespace, 'zcard', (redis) => redis.zcard(namespace + list)),
      bytes: OVERHEAD_BYTES,
    }));
  }

  async #document(read: Read, key: string, options: { fallsBack?: boolean }): Promise<StoredDocument | null> {
    const load = (namespace: string) => this.#loadDocument(namespace, key);
    const { document, isOld } = await this.#cached(read, key, key, load, options);
    if (isOld) read.sawOldCopy();
    return document;
  }

  async #cached<T>(
    read: Read,
    key: string,
    topic: string,
    load: (namespace: string) => Promise<Loaded<T>>,
    { fallsBack = true, retries = true } = {},
  ): Promise<T> {
    const generation = await this.#generation();
    const { cache, prefix } = this.#options;
    const namespace = redisNamespace(prefix, generation);
    try {
      const answer = await cache.get(
        namespace + key,
        namespace + topic,
        read.after,
        () => load(namespace),
        (error) => fallsBack && isUnavailable(error),
      );
      read.sawCached(answer, generation);
      return answer.value;
    } catch (error) {
      if (!(error instanceof GenerationMoved)) throw error;
      if (!retries) throw building();
      return this.#cached(read, key, topic, load, { fallsBack, retries: false });
    }
  }

  async #generation(): Promise<number> {
    const { state } = this.#options;
    if (!state.redis) await this.#confirm();
    if (!state.redis) throw building();
    return state.redis.generation;
  }

  async #loadDocument(namespace: string, key: string): Promise<Loaded<FoundDocument>> {
    const fields = await this.#send('hmget', (redis) => redis.hmgetBuffer(namespace + key, 'd', 'g', 's'));
    const [body, guard, mark] = fields;
    const isOld = mark?.toString() === '1';
    const bytes = OVERHEAD_BYTES + 2 * key.length + (body?.length ?? 0);
    if (body) return { value: { document: { body, guard: parseGuard(guard), etag: etagOf(body) }, isOld }, bytes };
    await this.#confirm();
    this.#requireReady(namespace);
    return { value: { document: null, isOld }, bytes, freshMs: ABSENT_FRESH_MS };
  }

  async #loadRange(namespace: string, { list, from, count, descending }: ListRange): Promise<Loaded<string[]>> {
    const key = namespace + list;
    const start = from === null ? (descending ? '+' : '-') : `(${from}`;
    const members = await this.#whileReady(namespace, 'zrange', (redis) =>
      descending
        ? redis.zrange(key, start, '-', 'BYLEX', 'REV', 'LIMIT', 0, count)
        : redis.zrange(key, start, '+', 'BYLEX', 'LIMIT', 0, count),
    );
    const bytes = members.reduce((sum, member) => sum + 2 * member.length, OVERHEAD_BYTES + 2 * key.length);
    return { value: members, bytes };
  }

  /** Lists being filled answer too little without saying so: ask in the same breath whether the model is complete. */
  async #whileReady<T>(namespace: string, command: string, call: (redis: Redis) => Promise<T>): Promise<T> {
    const [answer] = await Promise.all([this.#send(command, call), this.#confirm()]);
    this.#requireReady(namespace);
    return answer;
  }

  #requireReady(namespace: string): void {
    const { state, prefix } = this.#options;
    if (!state.redis?.ready) throw building();
    if (redisNamespace(prefix, state.redis.generation) !== namespace) throw new GenerationMoved();
  }

  async #send<T>(command: string, call: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      return await this.#options.gate.send(command, call);
    } catch (error) {
      throw unavailable(error);
    }
  }

  async #confirm(): Promise<void> {
    try {
      await this.#options.confirm();
    } catch (error) {
      throw unavailable(error);
    }
  }
}

function parseGuard(bytes: Buffer | null | undefined): LessonGuard | null {
  if (!bytes) return null;
  try {
    const guard = JSON.parse(bytes.toString()) as Partial<LessonGuard> | null;
    const { access, courseId, ownerId } = guard ?? {};
    if (access !== 'free' && access !== 'preview' && access !== 'paid') return null;
    return typeof courseId === 'string' && typeof ownerId === 'string' ? { access, courseId, ownerId } : null;
  } catch {
    return null;
  }
}
