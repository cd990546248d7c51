import { createServer, type IncomingMessage, type Server } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { decodeJson } from './decode-json.ts';
import type { SpanStore } from './store.ts';

const BODY_LIMIT = 16_000_000;
/** Requests under way at most; more are told to come again, so that memory stays bounded. */
const CONCURRENCY_LIMIT = 32;

const unzip = promisify(gunzip);

/** An OTLP receiver over HTTP (JSON, also gzipped) that keeps the spans in a store. */
export function createTraceServer(store: SpanStore, log: (line: string) => void): Server {
  let underWay = 0;
  return createServer((request, response) => {
    if (request.url === '/livez') return response.writeHead(200).end('ok');
    if (request.method !== 'POST' || request.url !== '/v1/traces') return response.writeHead(404).end();
    if (underWay >= CONCURRENCY_LIMIT) return response.writeHead(503, { 'retry-after': '1' }).end();
    if (!request.headers['content-type']?.includes('json')) return response.writeHead(415).end();
    underWay += 1;
    return void receive(request, store)
      .then(
        // An empty message says that all spans were accepted.
        () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
        (error: unknown) => {
          log(`spans refused: ${String(error)}`);
          response.writeHead(400, { connection: 'close' }).end();
        },
      )
      .finally(() => {
        underWay -= 1;
      });
  });
}

async function receive(request: IncomingMessage, store: SpanStore): Promise<void> {
  const body = await readBody(request);
  const isZipped = request.headers['content-encoding'] === 'gzip';
  await store.add(decodeJson(isZipped ? await unzip(body, { maxOutputLength: BODY_LIMIT }) : body));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new RangeError(`the body is larger than ${BODY_LIMIT} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
