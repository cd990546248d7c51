import { Redis } from 'ioredis';
import { isPosition } from '@eduplatform/contracts/positions';
import { checkpointKey, currentKey, redisNamespace } from '@eduplatform/contracts/redis-keys';
import type { Unversioned } from '../projections/draft-change.ts';
import { ownerOfMember } from '../projections/list-owner.ts';
import { contentHash } from '../sinks/content-hash.ts';
import type { Difference, Inspector, ListCheck, ListDifference } from './inspector.ts';
import { listScripts, type ListCommands } from './redis-lists.ts';

const FIELDS = ['v', 'd', 'h', 'g', 'lists', 't'] as const;
/** Documents asked for at once: lessons are large. */
const PAGE = 200;
const SCAN_COUNT = 1000;
/** One script blocks all readers, so its page is small. */
const LIST_PAGE = 100;

type Fields = (string | null)[];

export interface RedisPlace {
  url: string;
  prefix: string;
  generation: number;
  /** Of the leader: lists are mended in its name. */
  epoch: number;
  onError: (error: Error) => void;
}

/** Looks into one generation of the Redis read model. */
export class RedisInspector implements Inspector {
  readonly readModel = 'redis';
  readonly #redis: Redis & ListCommands;
  readonly #place: RedisPlace;
  readonly #space: string;

  constructor(place: RedisPlace) {
    this.#place = place;
    this.#space = redisNamespace(place.prefix, place.generation);
    this.#redis = new Redis(place.url, {
      scripts: listScripts,
      connectionName: 'indexer-verify',
      connectTimeout: 2_000,
      commandTimeout: 10_000,
      maxRetriesPerRequest: 1,
    }) as Redis & ListCommands;
    this.#redis.on('error', place.onError);
  }

  async compare(expected: readonly Unversioned[], limit: () => Promise<string>): Promise<(Difference | null)[]> {
    const held: (Fields | null)[] = [];
    for (let start = 0; start < expected.length; start += PAGE) {
      held.push(...(await this.#read(expected.slice(start, start + PAGE).map(({ key }) => key))));
    }
    const last = await limit();
    return expected.map((change, index) => judge(change, held[index] ?? null, last));
  }

  /** Keys of the server, which are those of other generations and lists too. */
  count(): Promise<number> {
    return this.#redis.dbsize();
  }

  async *unknownKeys(isKnown: (key: string) => boolean, onLooked: (documents: number) => void) {
    for await (const keys of this.#keys()) {
      const unknown = keys.filter((key) => !isList(key) && key !== checkpointKey && !isKnown(key));
      const held = await this.#read(unknown);
      const there = unknown.filter((_, index) => held[index] === null || held[index]?.[1] !== null);
      onLooked(keys.length);
      if (there.length > 0) yield there;
    }
  }

  async *lists(mends: boolean): AsyncGenerator<ListCheck> {
    const call = [currentKey(this.#place.prefix), this.#space, mends ? String(this.#place.epoch) : ''] as const;
    for await (const keys of this.#keys()) {
      for (const page of pagesOf(keys.filter((key) => !isList(key) && key !== checkpointKey))) {
        const [members, found] = await this.#redis.verifyMembers(...call, ...page);
        yield { members, differences: found.map(differs('missing')) };
      }
      for (const list of keys.filter(isList)) {
        for await (const members of this.#membersOf(list)) {
          const triples = members.flatMap((member) => [list, member, ownerOfMember(list, member) ?? '']);
          const found = await this.#redis.verifyStrays(...call, ...triples);
          yield { members: 0, differences: found.map(differs('surplus')) };
        }
      }
    }
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }

  /** Fields of each document; null for a key of another type. */
  async #read(keys: string[]): Promise<(Fields | null)[]> {
    if (keys.length === 0) return [];
    const pipeline = this.#redis.pipeline();
    for (const key of keys) pipeline.hmget(this.#space + key, ...FIELDS);
    const answers = (await pipeline.exec()) ?? [];
    return answers.map(([error, fields]) => {
      if (error && !error.message.startsWith('WRONGTYPE')) throw error;
      return error ? null : (fields as Fields);
    });
  }

  async *#keys(): AsyncGenerator<string[]> {
    const match = `${this.#space.replace(/[\\*?[\]]/g, '\\$&')}*`;
    const stream = this.#redis.scanStream({ match, count: SCAN_COUNT }) as AsyncIterable<string[]>;
    for await (const keys of stream) yield keys.map((key) => key.slice(this.#space.length));
  }

  async *#membersOf(list: string): AsyncGenerator<string[]> {
    const stream = this.#redis.zscanStream(this.#space + list, { count: LIST_PAGE }) as AsyncIterable<string[]>;
    for await (const pairs of stream) yield* pagesOf(pairs.filter((_, index) => index % 2 === 0));
  }
}

const isList = (key: string): boolean => key.startsWith('list:');

function* pagesOf(items: string[]): Generator<string[]> {
  for (let start = 0; start < items.length; start += LIST_PAGE) yield items.slice(start, start + LIST_PAGE);
}

const differs =
  (difference: ListDifference['difference']) =>
  ([list, member]: [string, string]): ListDifference => ({ list, member, difference });

/** How a document in Redis differs from what is expected under its key. */
export function judge(expected: Unversioned, held: Fields | null, limit: string): Difference | null {
  if (held === null) return 'foreign';
  const [version = null, body = null, hash = null, guard = null, lists = null] = held;
  if ('tombstone' in expected) return body === null ? null : 'surplus';
  if (body === null) return 'missing';
  const heldHash = contentHash(body, guard ?? '', lists ?? '');
  if (heldHash !== hash) return 'damaged';
  const { guard: ownGuard = '', lists: ownLists } = expected;
  if (heldHash !== contentHash(expected.body, ownGuard, ownLists ? JSON.stringify(ownLists) : '')) return 'different';
  return isPosition(version) && version <= limit ? null : 'ahead';
}
