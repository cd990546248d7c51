import { Redis } from 'ioredis';
import type { Logger } from '@eduplatform/observability/logger';
import { circuitOpen, redisCommands } from '../metrics.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

const CONNECT_TIMEOUT_MS = 500;
const COMMAND_TIMEOUT_MS = 500;
/** A connection that owes an answer for so many command timeouts is dead, whatever TCP thinks, and is made anew. */
const SOCKET_TIMEOUT_FACTOR = 4;
const CIRCUIT_OPEN_MS = 1000;
const MAX_COMMANDS = 5000;
const MAX_RECONNECT_DELAY_MS = 1000;

/** A lazy connection that fails at once while Redis is away, and keeps trying to come back. */
export function createRedis(
  url: string,
  connectionName: string,
  logger: Logger,
  commandTimeoutMs = COMMAND_TIMEOUT_MS,
): Redis {
  const redis = new Redis(url, {
    connectionName,
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: commandTimeoutMs,
    socketTimeout: SOCKET_TIMEOUT_FACTOR * commandTimeoutMs,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    autoResubscribe: false,
    retryStrategy: (attempt) => Math.min(attempt * 50, MAX_RECONNECT_DELAY_MS),
  });
  let complained = false;
  redis.on('error', (error: Error) => {
    if (!complained) logger.warn({ err: error, connection: connectionName }, 'Redis does not answer');
    complained = true;
  });
  redis.on('ready', () => {
    complained = false;
    logger.info({ connection: connectionName }, 'connected to Redis');
  });
  return redis;
}

/** Connects without failing when Redis is away: the connection goes on trying by itself. */
export function connect(redis: Redis): void {
  // The failure has been reported by the `error` event.
  if (redis.status === 'wait') redis.connect().catch(() => {});
}

const HAS_SOCKET = new Set(['connecting', 'connect', 'ready', 'monitoring']);

/** Ends the connection and waits for that. */
export async function disconnect(redis: Redis): Promise<void> {
  // Without a socket there is nothing whose end would be announced.
  const ended = HAS_SOCKET.has(redis.status)
    ? new Promise<void>((resolve) => redis.once('end', () => resolve()))
    : null;
  redis.disconnect();
  await ended;
}

/** Sends commands through a circuit breaker and counts them. */
export class RedisGate {
  readonly #redis: Redis;
  readonly #circuit: CircuitBreaker;

  constructor(redis: Redis, logger: Logger) {
    this.#redis = redis;
    this.#circuit = new CircuitBreaker({
      name: 'Redis',
      openMs: CIRCUIT_OPEN_MS,
      maxConcurrent: MAX_COMMANDS,
      onChange: (open) => {
        circuitOpen.set({ dependency: 'redis' }, open ? 1 : 0);
        logger.warn({ open }, 'the circuit to Redis changed');
      },
    });
    redis.on('ready', () => this.#circuit.reset());
  }

  get isUp(): boolean {
    return this.#redis.status === 'ready' && !this.#circuit.isOpen;
  }

  async send<T>(command: string, call: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      const answer = await this.#circuit.run(() => call(this.#redis));
      redisCommands.inc({ command, outcome: 'ok' });
      return answer;
    } catch (error) {
      redisCommands.inc({ command, outcome: 'error' });
      throw error;
    }
  }
}
