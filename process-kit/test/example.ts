/**
 * A service as the tests need it. `/` answers the process's id; `/slow` waits until the service stops; `/once/KEY` answers
 * by whom work was done that takes until its process gets SIGUSR2. EXAMPLE_BREAKS says what goes wrong: `start` in every
 * worker, `later` in all but the first.
 */
import events from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, Gauge, registry } from '@eduplatform/observability/metrics';
import { runWorkers } from '../workers/run.ts';
import { doOnce } from '../workers/shared-work.ts';

const registers = [registry];
const requests = new Counter({ name: 'example_requests_total', help: 'Requests', registers });
const worst = new Gauge({
  name: 'example_worst',
  help: 'Of several processes the greatest',
  aggregator: 'max',
  registers,
});

await runWorkers({
  name: 'example',
  readConfig: () => ({ workers: process.env['WEB_CONCURRENCY'] ?? '1', port: Number(process.env['EXAMPLE_PORT']) }),
  settingsOf: ({ workers }) => ({ workers, metrics: { host: '127.0.0.1', port: 0 } }),
  async start({ port }, logger, { isFirst, count }) {
    const breaks = process.env['EXAMPLE_BREAKS'];
    if (breaks === 'start' || (breaks === 'later' && !isFirst)) throw new Error('it cannot start');
    const slow: ServerResponse[] = [];
    // Told too early, it is told again: the signal must not end the process.
    process.on('SIGUSR2', () => {});
    const once = new Map<string, Promise<number>>();
    worst.set(isFirst ? 1 : 2);
    const server = createServer((request, response) => {
      requests.inc();
      if (request.url === '/slow') {
        response.write('begun ');
        slow.push(response);
      } else if (request.url?.startsWith('/once/')) {
        response.write(`${process.pid}`);
        const done = once.get(request.url) ?? doOnce(request.url, untilTold);
        once.set(request.url, done);
        void done.then((pid) => response.end(` by ${pid}`));
      } else response.setHeader('connection', 'close').end(JSON.stringify({ pid: process.pid, isFirst, count }));
    });
    server.listen(port, '127.0.0.1');
    await events.once(server, 'listening');
    logger.info({ port: (server.address() as AddressInfo).port }, 'listening');
    return {
      async stop() {
        server.close();
        for (const response of slow) response.end('and answered');
        await events.once(server, 'close');
      },
    };
  },
});

async function untilTold(): Promise<number> {
  await events.once(process, 'SIGUSR2');
  return process.pid;
}
