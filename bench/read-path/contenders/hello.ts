/** A bare Fastify route: as fast as a Node service with this framework can answer. Listens on PORT. */
import Fastify from 'fastify';

const app = Fastify();
app.get('/', async () => ({ hello: 'world' }));
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
process.on('message', (message) => {
  if (message === 'shutdown') process.exit(0);
});
