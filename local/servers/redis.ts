import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { aptInstall } from '../platform/apt-install.ts';
import type { LaunchSpec } from '../platform/launch.ts';
import { which } from '../platform/which.ts';

export interface RedisProgram {
  kind: 'native' | 'built-in';
  /** What to tell the person at the terminal. */
  description: string;
  command?: string;
}

export interface RedisOptions {
  port: number;
  /** Where it keeps its files. */
  directory: string;
  /** Keeps an append-only file that survives a crash. */
  persistent: boolean;
}

/** redis-server or valkey-server on PATH, else installed with apt (root on Debian), else the one in JavaScript. */
export async function chooseRedis(announce: (line: string) => void): Promise<RedisProgram> {
  const find = () => which('redis-server', 'valkey-server');
  if (!find()) await aptInstall('redis-server', announce);
  const found = find();
  if (found) return { kind: 'native', description: found, command: found };
  return { kind: 'built-in', description: 'built in, memory only, rebuilt at start' };
}

export function redisUrl(port: number): string {
  return `redis://127.0.0.1:${port}`;
}

/** How to start the server; it listens on 127.0.0.1 only. */
export function redisSpec(program: RedisProgram, { port, directory, persistent }: RedisOptions): LaunchSpec {
  if (!program.command) {
    const main = fileURLToPath(new URL('built-in-redis.ts', import.meta.url));
    return { command: process.execPath, args: [main], env: { REDIS_PORT: String(port) }, ipc: true, ownGroup: true };
  }
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir: directory,
    daemonize: 'no',
    save: '',
    appendonly: persistent ? 'yes' : 'no',
    appendfsync: 'everysec',
    // A crash can leave half a command at the end of the file: it is dropped, all before it is kept.
    'aof-load-truncated': 'yes',
  };
  return {
    command: program.command,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    cwd: directory,
    ownGroup: true,
  };
}

/** @throws while the server is down or still loading its data. */
export async function checkRedis(url: string): Promise<true> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 1_000,
    commandTimeout: 1_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: () => null,
  });
  // The rejected connect() below already carries the reason.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return true;
  } finally {
    redis.disconnect();
  }
}
