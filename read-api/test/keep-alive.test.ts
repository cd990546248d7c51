import { once } from 'node:events';
import pino from 'pino';
import { expect, it } from 'vitest';
import { eventually, testRedis } from '@eduplatform/local/testing/context';
import { keepAlive } from '../read-model/keep-alive.ts';
import { createRedis, disconnect } from '../read-model/redis-connection.ts';
import { startProxy } from '@eduplatform/local/testing/proxy';

it('makes a subscribed connection anew that died without an end, and leaves a quiet one alone', async () => {
  const { url, prefix } = testRedis();
  const proxy = await startProxy(url);
  const redis = createRedis(`redis://${proxy.address}`, 'test', pino({ level: 'silent' }));
  let closed = 0;
  redis.on('close', () => (closed += 1));
  try {
    await redis.connect();
    await redis.subscribe(`${prefix}:channel`);
    const stop = keepAlive(redis, 20);
    await once(redis, 'message', { signal: AbortSignal.timeout(200) }).catch(() => {});
    expect(closed).toBe(0);
    proxy.hang();
    await eventually(() => closed > 0);
    stop();
    await proxy.stop();
    await proxy.start();
    await eventually(() => redis.status === 'ready');
  } finally {
    await disconnect(redis);
    await proxy.close();
  }
});
