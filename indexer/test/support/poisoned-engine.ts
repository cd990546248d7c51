import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/**
 * Stands before a search engine and spoils the id of one document on its way, so that the engine itself fails the whole
 * task in which it is. Ended when the test ends.
 */
export async function startPoisonedEngine(target: string) {
  let poison: string | null = null;
  const tasks: number[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const text = await bodyOf(request);
      const isAddition = request.method === 'POST' && /^\/indexes\/[^/]+\/documents(\?|$)/.test(request.url ?? '');
      if (isAddition) tasks.push(text.split('\n').length);
      const spoiled = poison !== null && isAddition ? text.replace(`"id":"${poison}"`, '"id":"not valid!"') : text;
      const { host: _, 'content-length': __, 'content-encoding': ___, connection: ____, ...headers } = request.headers;
      const answer = await fetch(`${target}${request.url}`, {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        ...(spoiled !== '' && { body: spoiled }),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
      response.end(await answer.text());
    })().catch((error: Error) => response.writeHead(502).end(error.message));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How many documents each addition had. */
    tasks,
    poison(id: string | null): void {
      poison = id;
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
}
