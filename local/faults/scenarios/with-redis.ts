import { Redis } from 'ioredis';
import type { Arena } from '../arena/arena.ts';

/** Works with Redis past every proxy. */
export async function withRedis({ redis: { url } }: Arena, work: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(url);
  try {
    await work(redis);
  } finally {
    redis.disconnect();
  }
}
