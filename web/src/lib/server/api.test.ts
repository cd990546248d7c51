import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApi, type ApiContext } from './api.ts';
import { ApiError } from './problem.ts';

const position = '0000000001-00000000000000000742-0000000000000000018';

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

let server: Server;
let url: string;
let requests: IncomingMessage[];
let answers: Answer[];

beforeEach(async () => {
  requests = [];
  answers = [];
  server = createServer((request, response) => {
    requests.push(request);
    const { status, headers, body } = answers.shift() ?? { status: 200, body: {} };
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const contextWith = (parts: Partial<ApiContext> = {}): ApiContext => ({
  readUrl: url,
  writeUrl: url,
  indexerUrl: url,
  requestId: 'request-1',
  forwardedFor: '192.0.2.7',
  userAgent: 'Browser/1',
  accessToken: () => null,
  renewAccessToken: async () => null,
  readAfter: () => null,
  onWrite: vi.fn(),
  ...parts,
});

const errorOf = async (work: Promise<unknown>): Promise<ApiError> => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error('expected an ApiError');
  return error;
};

describe('the API client', () => {
  it('asks the indexer with the visitor’s token, and says that it is away', async () => {
    const api = createApi(contextWith({ accessToken: () => 'token' }));
    await api.indexer('POST', '/v1/admin/indexer/jobs', { body: { kind: 'verify', sink: 'redis' } });
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/v1/admin/indexer/jobs' });
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer token', 'content-type': 'application/json' });
    const away = createApi(contextWith({ indexerUrl: 'http://127.0.0.1:1' }));
    expect(await errorOf(away.indexer('GET', '/v1/admin/indexer/status'))).toMatchObject({
      api: 'indexer',
      code: 'api_unreachable',
    });
  });

  it('asks for data at or past the visitor’s last write, and remembers how fresh the answer was', async () => {
    const api = createApi(contextWith({ readAfter: () => position }));
    answers.push({
      status: 200,
      headers: { 'x-read-position': position, 'x-read-time': new Date().toISOString(), 'x-read-stale': 'true' },
      body: { items: [] },
    });
    await api.read('/v1/courses', { category: ['data', 'math'], cursor: undefined });
    expect(requests[0]?.url).toBe('/v1/courses?category=data&category=math');
    expect(requests[0]?.headers).toMatchObject({ 'x-read-after': position, 'x-request-id': 'request-1' });
    expect(api.freshness()).toMatchObject({ position, stale: true });
  });

  it('reports the position of a command and its version', async () => {
    const context = contextWith();
    answers.push({ status: 200, headers: { 'x-outbox-position': position, etag: '"7"' }, body: { version: 7 } });
    const result = await createApi(context).write('PATCH', '/v1/courses/1', { body: { title: 'x' }, ifMatch: 6 });
    expect(result).toMatchObject({ position, version: 7 });
    expect(context.onWrite).toHaveBeenCalledWith(position);
    expect(requests[0]?.headers['if-match']).toBe('"6"');
  });

  it('turns a problem document into an error with its code', async () => {
    answers.push({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: 'about:blank', title: 'There is no such course', status: 404, code: 'course_not_found' },
    });
    const error = await errorOf(createApi(contextWith()).read('/v1/courses/x'));
    expect(error).toMatchObject({ status: 404, code: 'course_not_found', api: 'read' });
  });

  it('renews an expired token once and sends again', async () => {
    const renewAccessToken = vi.fn(async () => 'new');
    answers.push({ status: 401, body: { type: 'about:blank', title: '', status: 401, code: 'token_expired' } });
    await createApi(contextWith({ accessToken: () => 'old', renewAccessToken })).read('/v1/courses');
    expect(renewAccessToken).toHaveBeenCalledTimes(1);
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  it('says when an API cannot be reached', async () => {
    const api = createApi(contextWith({ readUrl: 'http://127.0.0.1:1' }));
    expect(await errorOf(api.read('/v1/courses'))).toMatchObject({ status: 503, code: 'api_unreachable' });
  });

  it('does not wait for ever', async () => {
    server.removeAllListeners('request');
    const error = await errorOf(createApi(contextWith()).read('/v1/courses', {}, { timeoutMs: 20 }));
    expect(error).toMatchObject({ status: 504, code: 'api_timeout' });
  });

  it('blames the API for a body that is not JSON', async () => {
    server.removeAllListeners('request');
    server.on('request', (_request, response) => response.end('{"items": ['));
    expect(await errorOf(createApi(contextWith()).read('/v1/courses'))).toMatchObject({
      status: 502,
      code: 'api_bad_answer',
    });
  });
});
