import { once } from 'node:events';
import { createRedisServer } from 'js-redis-server';

// A Redis in JavaScript that keeps its data in memory: for machines where no real one can be had.
const redis = await createRedisServer();
const listener = redis.server.server;
// The library only listens on all interfaces. Before there is any data, it is moved to the loopback one.
listener.close();
await once(listener, 'close');
listener.listen(Number(process.env.REDIS_PORT), '127.0.0.1');
await once(listener, 'listening');

// It keeps nothing, so there is nothing to finish.
const shutDown = () => process.exit(0);

process.on('SIGTERM', shutDown);
process.on('SIGINT', shutDown);
process.on('disconnect', shutDown);
process.on('message', (message) => {
  if (message === 'shutdown') shutDown();
});
