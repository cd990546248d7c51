import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unpack = promisify(gunzip);

export interface NullEngine {
  url: string;
  /** Documents that were taken so far, and when the first and the last of them came, by `performance.now()`. */
  taken(): { documents: number; firstAt: number; lastAt: number };
  forget(): void;
  close(): Promise<void>;
}

/**
 * A search engine that does nothing: it unpacks what it is sent, counts lines, and says that each task succeeded. It holds
 * names of indexes and the checkpoint, and never a document, so that everything is sent to it.
 */
export async function startNullEngine(): Promise<NullEngine> {
  const indexes = new Set<string>();
  const checkpoints = new Map<string, string>();
  let tasks = 0;
  let documents = 0;
  let firstAt = 0;
  let lastAt = 0;

  const enqueued = (): object => ({ taskUid: (tasks += 1), status: 'enqueued', enqueuedAt: new Date().toISOString() });
  const add = (index: string, text: string): object => {
    const lines = text.split('\n');
    if (index.includes('meta')) {
      const checkpoint = lines.find((line) => line.includes('"id":"checkpoint"'));
      if (checkpoint) checkpoints.set(index, checkpoint);
      return enqueued();
    }
    const now = performance.now();
    if (documents === 0) firstAt = now;
    lastAt = now;
    documents += lines.length;
    return enqueued();
  };
  const swap = (text: string): object => {
    for (const { indexes: pair } of JSON.parse(text) as { indexes: [string, string] }[]) {
      const [from, to] = pair;
      indexes.delete(from);
      indexes.add(to);
      const held = checkpoints.get(from);
      if (held) checkpoints.set(to, held);
    }
    return enqueued();
  };
  const tasksNamed = (url: URL): object => {
    const uids = (url.searchParams.get('uids') ?? '').split(',').filter(Boolean).map(Number);
    return { results: uids.map((uid) => ({ uid, status: 'succeeded', error: null })), total: uids.length };
  };
  const answer = async (request: IncomingMessage): Promise<{ status?: number; body: object }> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [root = '', name = '', part = '', id = ''] = url.pathname.slice(1).split('/');
    const text = await bodyOf(request);
    const method = request.method ?? 'GET';
    if (root === 'health') return { body: { status: 'available' } };
    if (root === 'swap-indexes') return { body: swap(text) };
    if (root === 'tasks') {
      return { body: name === '' ? tasksNamed(url) : { uid: Number(name), status: 'succeeded', error: null } };
    }
    if (root === 'keys') return method === 'GET' ? missing('api_key_not_found') : { body: {} };
    if (root !== 'indexes') return missing('not_found');
    if (name === '' && method === 'GET') return { body: { results: [...indexes].map((uid) => ({ uid })) } };
    if (name === '') {
      indexes.add((JSON.parse(text) as { uid: string }).uid);
      return { body: enqueued() };
    }
    if (part === 'documents' && id === 'fetch') return { body: { results: [], total: 0 } };
    if (part === 'documents' && method === 'GET') {
      const held = checkpoints.get(name);
      return held === undefined ? missing('document_not_found') : { body: JSON.parse(held) as object };
    }
    if (part === 'documents' && method === 'POST' && id === '') return { body: add(name, text) };
    if (part === '' && method === 'DELETE') indexes.delete(name);
    return { body: enqueued() };
  };

  const server = createServer((request, response) => {
    void answer(request).then(
      ({ status = 200, body }) => response.writeHead(status, JSON_TYPE).end(JSON.stringify(body)),
      (error: Error) => response.writeHead(500, JSON_TYPE).end(JSON.stringify({ message: error.message })),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => ({ documents, firstAt, lastAt }),
    forget() {
      documents = 0;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };

const missing = (code: string): { status: number; body: object } => ({
  status: 404,
  body: { message: code, code, type: 'invalid_request', link: '' },
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? await unpack(body) : body).toString('utf8');
}
