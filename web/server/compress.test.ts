import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { compressed } from './compress.ts';

let server: Server | undefined;

async function serve(handler: RequestListener): Promise<string> {
  server = createServer((request, response) => handler(request, compressed(request, response)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  if (!server) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  server = undefined;
});

const get = (url: string, encoding: string) => fetch(url, { headers: { 'accept-encoding': encoding } });

describe('compressing answers', () => {
  it.each(['br', 'gzip'])('sends a page as %s and whole', async (encoding) => {
    const html = '<p>the borrow checker</p>'.repeat(1000);
    const url = await serve((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.setHeader('etag', '"abc"');
      response.end(html);
    });
    const response = await get(url, encoding);
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('etag')).toBe('W/"abc"');
    expect(response.headers.get('vary')).toBe('accept-encoding');
    expect(await response.text()).toBe(html);
  });

  it('lets a writer go on that waits for room', async () => {
    const chunk = Array.from({ length: 20_000 }, (_, index) => String.fromCodePoint(33 + ((index * 7919) % 90))).join(
      '',
    );
    const url = await serve(async (_request, response) => {
      response.setHeader('content-type', 'text/html');
      for (let index = 0; index < 20; index += 1) {
        if (!response.write(chunk)) await once(response, 'drain');
      }
      response.end();
    });
    expect(await (await get(url, 'br')).text()).toHaveLength(20 * chunk.length);
  });

  it.each([
    ['a short answer', { 'content-type': 'text/html', 'content-length': '5' }],
    ['an image', { 'content-type': 'image/png' }],
    ['an event stream', { 'content-type': 'text/event-stream' }],
    ['what is compressed already', { 'content-type': 'text/css', 'content-encoding': 'zstd' }],
  ])('leaves %s as it is', async (_what, headers) => {
    const url = await serve((_request, response) => {
      response.writeHead(200, headers).end('hello');
    });
    const response = await get(url, 'br');
    expect(response.headers.get('content-encoding')).toBe('content-encoding' in headers ? 'zstd' : null);
  });

  it('does not compress for a client that did not ask', async () => {
    const url = await serve((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('x'.repeat(5000));
    });
    expect((await get(url, 'identity')).headers.get('content-encoding')).toBeNull();
  });
});
