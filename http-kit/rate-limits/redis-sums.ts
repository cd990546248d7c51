import type { FastifyBaseLogger } from 'fastify';
import { Redis } from 'ioredis';
import type { Counted, Untold } from './window-counters.ts';

/** The scripts below, as the connection offers them. */
interface ScriptCommands {
  addToSums(keyCount: number, ...keysAndArguments: (string | number)[]): Promise<[number, number][]>;
  addWithin(key: string, amount: number, remainingMs: number, max: number): Promise<[number, number]>;
}

const CONNECT_TIMEOUT_MS = 500;
const COMMAND_TIMEOUT_MS = 1000;
const MAX_RECONNECT_DELAY_MS = 1000;

/** Adds an amount to each key; answers each sum with the milliseconds that its window still lasts. */
const ADD_TO_SUMS = `
local answer = {}
for i, key in ipairs(KEYS) do
  local sum = redis.call('INCRBY', key, ARGV[i * 2 - 1])
  local ttl = redis.call('PTTL', key)
  if ttl < 0 then
    ttl = tonumber(ARGV[i * 2])
    redis.call('PEXPIRE', key, ttl)
  end
  answer[i] = { sum, ttl }
end
return answer`;

/** Adds to one key unless its sum would pass the maximum; answers the sum that it has or would have had. */
const ADD_WITHIN = `
local sum = tonumber(redis.call('GET', KEYS[1]) or '0') + tonumber(ARGV[1])
local ttl = redis.call('PTTL', KEYS[1])
if sum > tonumber(ARGV[3]) and ttl > 0 then return { sum, ttl } end
redis.call('INCRBY', KEYS[1], ARGV[1])
if ttl < 0 then
  ttl = tonumber(ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ttl)
end
return { sum, ttl }`;

/** The sums that all processes have in common, in Redis. Every call fails at once while Redis is away. */
export class RedisSums {
  readonly #redis: Redis & ScriptCommands;
  readonly #prefix: string;

  constructor({ url, prefix, logger }: { url: string; prefix: string; logger: FastifyBaseLogger }) {
    this.#prefix = `${prefix}:rate:`;
    this.#redis = new Redis(url, {
      connectionName: 'rate-limits',
      lazyConnect: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      commandTimeout: COMMAND_TIMEOUT_MS,
      socketTimeout: 4 * COMMAND_TIMEOUT_MS,
      maxRetriesPerRequest: 1,
      enableOfflineQueue: false,
      retryStrategy: (attempt) => Math.min(attempt * 50, MAX_RECONNECT_DELAY_MS),
      scripts: { addToSums: { lua: ADD_TO_SUMS }, addWithin: { lua: ADD_WITHIN, numberOfKeys: 1 } },
    }) as Redis & ScriptCommands;
    // What fails because of it is reported by whoever counts.
    this.#redis.on('error', (error) => logger.debug({ err: error }, 'Redis does not answer the rate limits'));
  }

  /** Begins to connect; returns at once, and goes on trying while Redis is away. */
  start(): void {
    if (this.#redis.status === 'wait') this.#redis.connect().catch(() => {});
  }

  /** Adds to many counters in one call; answers their sums in the same order. */
  async addAll(told: Untold[]): Promise<Counted[]> {
    const answer = await this.#redis.addToSums(
      told.length,
      ...told.map(({ key }) => this.#prefix + key),
      ...told.flatMap(({ amount, remainingMs }) => [amount, remainingMs]),
    );
    return answer.map(([count, resetMs]) => ({ count, resetMs }));
  }

  /** Adds to one counter unless that would pass `max`. */
  async addWithin({ key, amount, remainingMs }: Untold, max: number): Promise<Counted> {
    const [count, resetMs] = await this.#redis.addWithin(this.#prefix + key, amount, remainingMs, max);
    return { count, resetMs };
  }

  async forget(key: string): Promise<void> {
    await this.#redis.del(this.#prefix + key);
  }

  stop(): void {
    this.#redis.disconnect();
  }
}
