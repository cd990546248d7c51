import { Redis } from 'ioredis';
import { FencedError, ReopenError } from '../sink.ts';
import { scripts, type ScriptCommands } from './scripts.ts';

export type ScriptedRedis = Redis & ScriptCommands;

/**
 * A connection with the sink's scripts. It does not reconnect by itself: after a loss, what Redis holds must be looked
 * at again before anything is written.
 */
export async function connectRedis(url: string, onError: (error: Error) => void): Promise<ScriptedRedis> {
  const redis = new Redis(url, {
    scripts,
    lazyConnect: true,
    connectionName: 'indexer',
    connectTimeout: 2_000,
    commandTimeout: 10_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: () => null,
  });
  redis.on('error', onError);
  try {
    await redis.connect();
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  return redis as ScriptedRedis;
}

/** Turns the scripts' refusals into errors of their own. */
export function asSinkError(error: unknown): unknown {
  const message = error instanceof Error ? error.message : '';
  const fenced = /^FENCED epoch (\d+)/.exec(message);
  if (fenced) return new FencedError(message, Number(fenced[1]));
  if (message.startsWith('REOPEN')) return new ReopenError(message);
  return error;
}
