import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { createLogger } from '@eduplatform/observability/logger';
import { startMetricsServer } from '@eduplatform/observability/metrics';
import { compressed } from './compress.ts';
import { readServerConfig } from './config.ts';
import { HOST_HEADER, PROTOCOL_HEADER, setOrigin } from './forwarded.ts';
import { onShutdown } from './shutdown.ts';
import { trackStreams } from './streams.ts';

const logger = createLogger('web');
const config = readServerConfig(process.env);

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
const metrics = await startMetricsServer({ host: config.metricsHost, port: config.metricsPort });
logger.info({ address: server.address() as AddressInfo, metrics: metrics.url }, 'listening');

onShutdown(
  logger,
  async () => {
    isDraining = true;
    server.close();
    streams.end();
    server.closeIdleConnections();
    await once(server, 'close');
    await metrics.close();
  },
  () => server.closeAllConnections(),
);
