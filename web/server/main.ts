import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import type { Logger } from '@eduplatform/observability/logger';
import type { RunningService } from '@eduplatform/process-kit/service';
import { runWorkers } from '@eduplatform/process-kit/workers/run';
import { compressed } from './compress.ts';
import { readServerConfig, type ServerConfig } from './config.ts';
import { HOST_HEADER, PROTOCOL_HEADER, setOrigin } from './forwarded.ts';
import { trackStreams } from './streams.ts';

/** What requests may take to be answered after a stop began; then their connections are cut. */
const GRACE_MS = 8_000;

await runWorkers({
  name: 'web',
  readConfig: () => readServerConfig(process.env),
  settingsOf: ({ workers, metricsHost, metricsPort }) => ({
    workers,
    metrics: { host: metricsHost, port: metricsPort },
  }),
  start: startWeb,
});

async function startWeb(config: ServerConfig, logger: Logger): Promise<RunningService> {
  // The adapter reads these names once, when its module loads.
  process.env['PROTOCOL_HEADER'] = PROTOCOL_HEADER;
  process.env['HOST_HEADER'] = HOST_HEADER;
  const handlerFile = new URL('../build/handler.js', import.meta.url).href;
  const { handler } = (await import(handlerFile)) as { handler: (...parameters: Parameters<RequestListener>) => void };

  let isDraining = false;
  const streams = trackStreams();

  const server = createServer((request, response) => {
    if (isDraining) {
      response.setHeader('connection', 'close');
      if (request.url === '/readyz') {
        response.writeHead(503, { 'content-type': 'application/json' }).end('{"status":"draining"}');
        return;
      }
    }
    streams.watch(response);
    setOrigin(request, config.trustProxy);
    handler(request, compressed(request, response));
  });

  server.listen(config.port, config.host);
  await once(server, 'listening');
  logger.info({ address: server.address() as AddressInfo }, 'listening');

  return {
    drain() {
      isDraining = true;
    },
    async stop() {
      const cutting = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      server.close();
      streams.end();
      server.closeIdleConnections();
      await once(server, 'close');
      clearTimeout(cutting);
    },
  };
}
