import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { runBurst } from './burst.ts';
import { Latencies } from './latencies.ts';

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const connections = (): Promise<number> =>
  new Promise((resolve) => server?.getConnections((_error, count) => resolve(count)));

test('requests are sent in their order, with their headers, again and again', async () => {
  const seen: string[] = [];
  const url = await serve((request, response) => {
    seen.push(`${request.url} ${request.headers.authorization ?? 'nobody'}`);
    response.end('{}');
  });
  const requests = [{ path: '/a' }, { path: '/b', headers: { authorization: 'Bearer x' } }];
  const { requests: answered, failures } = await runBurst({ url, requests, connections: 1, seconds: 0.1 });
  expect(seen.slice(0, 4)).toEqual(['/a nobody', '/b Bearer x', '/a nobody', '/b Bearer x']);
  expect(seen).toHaveLength(answered);
  expect(failures).toEqual({});
});

test('an open loop sends what is due, however slow the answers are', async () => {
  let waiting: (() => void)[] = [];
  const url = await serve((_request, response) => {
    waiting.push(() => response.end('{}'));
    // Answers only when both connections wait, so that requests become late.
    if (waiting.length === 2) {
      for (const answer of waiting) answer();
      waiting = [];
    }
  });
  const burst = { url, requests: [{ path: '/' }], connections: 2, seconds: 0.2, perSecond: 500 };
  const { requests, latencies } = await runBurst(burst);
  expect(requests).toBe(100);
  expect(Latencies.of(latencies).count).toBe(100);
});

test('an open loop uses each of its connections: a server closes one that rests too long', async () => {
  const used = new Map<unknown, number>();
  const url = await serve((request, response) => {
    used.set(request.socket, (used.get(request.socket) ?? 0) + 1);
    response.end('{}');
  });
  await runBurst({ url, requests: [{ path: '/' }], connections: 5, seconds: 0.2, perSecond: 100 });
  expect([...used.values()]).toEqual([4, 4, 4, 4, 4]);
});

test('a client that stays awake asks the same', async () => {
  const url = await serve((_request, response) => response.end('{}'));
  const burst = { url, requests: [{ path: '/' }], connections: 2, seconds: 0.1, staysAwake: true };
  const { requests, failures } = await runBurst(burst);
  expect(requests).toBeGreaterThan(0);
  expect(failures).toEqual({});
});

test('what is no 200 is counted by what it is', async () => {
  let count = 0;
  const url = await serve((_request, response) => {
    count += 1;
    response.writeHead(count % 2 === 0 ? 503 : 200).end();
  });
  const { requests, failures } = await runBurst({ url, requests: [{ path: '/' }], connections: 1, seconds: 0.1 });
  expect(Math.abs(requests - (failures['status 503'] ?? 0))).toBeLessThanOrEqual(1);
});

test('what is to be done first is done with all connections open and nothing asked yet', async () => {
  let asked = 0;
  const url = await serve((_request, response) => {
    asked += 1;
    response.end('{}');
  });
  let before = -1;
  await runBurst({ url, requests: [{ path: '/' }], connections: 3, seconds: 0.05 }, async () => {
    await vi.waitFor(async () => expect(await connections()).toBe(3));
    before = asked;
  });
  expect(before).toBe(0);
  expect(asked).toBeGreaterThan(0);
});

test('a server that hangs up is a failure', async () => {
  const url = await serve((request) => request.socket.destroy());
  const { requests, failures } = await runBurst({ url, requests: [{ path: '/' }], connections: 1, seconds: 0.1 });
  expect(requests).toBe(0);
  expect(Object.keys(failures)).toHaveLength(1);
});
