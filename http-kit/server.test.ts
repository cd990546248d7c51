import { Type } from '@sinclair/typebox';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';
import { ProblemError } from './problem.ts';
import { createServer, type App } from './server.ts';

const Thing = Type.Object({ count: Type.Integer() }, { additionalProperties: false, $id: 'Thing' });

let app: App;
afterEach(() => app.close());

async function build(): Promise<App> {
  app = await createServer({
    name: 'test',
    title: 'Test',
    description: 'Test',
    logger: pino({ level: 'silent' }),
    bodyLimit: 200,
    checks: { good: async () => {}, bad: async () => Promise.reject(new Error('is away')) },
  });
  app.post('/things', { schema: { body: Thing, response: { 200: Thing } } }, async ({ body }) => ({
    ...body,
    secret: 'x',
  }));
  app.get('/things', { schema: { querystring: Thing, response: { 200: Type.Array(Thing) } } }, async ({ query }) => [
    query,
  ]);
  app.post('/touch', async (_request, reply) => reply.code(204).send());
  app.get('/things/:name', async () => []);
  app.get('/boom', async () => {
    throw new Error('password=hunter2');
  });
  app.get('/gone', async () => {
    throw new ProblemError('course_not_found', 'no course "x"', { headers: { 'x-why': 'test' } });
  });
  await app.ready();
  return app;
}

const post = (payload: string, contentType = 'application/json') =>
  app.inject({ method: 'POST', url: '/things', payload, headers: { 'content-type': contentType } });

describe('a server', () => {
  it.each([
    ['malformed JSON', '{', 'application/json', 400, 'malformed_json'],
    ['a number as text', '{"count":"5"}', 'application/json', 400, 'invalid_request'],
    ['an unknown field', '{"count":5,"role":"admin"}', 'application/json', 400, 'invalid_request'],
    ['a missing field', '{}', 'application/json', 400, 'invalid_request'],
    ['an oversize body', JSON.stringify({ count: 'x'.repeat(300) }), 'application/json', 413, 'body_too_large'],
    ['another media type', '<count>5</count>', 'application/xml', 415, 'unsupported_media_type'],
    ['prototype pollution', '{"count":5,"__proto__":{"x":1}}', 'application/json', 400, 'malformed_json'],
  ])('answers %s with a problem document', async (_name, payload, contentType, status, code) => {
    await build();
    const response = await post(payload, contentType);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json()).toMatchObject({ status, code, instance: '/things', requestId: expect.any(String) });
    expect(response.statusCode).toBe(status);
  });

  it('takes an empty body for none, whatever content type the client names', async () => {
    await build();
    expect((await post('')).json()).toMatchObject({ code: 'invalid_request', status: 400 });
    const response = await app.inject({
      method: 'POST',
      url: '/touch',
      headers: { 'content-type': 'application/json' },
    });
    expect(response.statusCode).toBe(204);
  });

  it.each([
    ['a parameter that is too long', 'GET', `/things/${'x'.repeat(300)}`, 400, 'invalid_request'],
    ['a path that cannot be decoded', 'GET', '/things/%ff', 400, 'invalid_request'],
    ['a method that must name a content type', 'QUERY', '/things', 415, 'unsupported_media_type'],
  ])('answers %s with a problem document', async (_name, method, url, status, code) => {
    await build();
    const response = await app.inject({ method: method as 'GET', url });
    expect(response.json()).toMatchObject({ status, code, requestId: expect.any(String) });
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  it('says which field is wrong', async () => {
    await build();
    expect((await post('{"count":1.5}')).json().errors).toEqual([{ path: 'body/count', message: 'must be integer' }]);
  });

  it('converts parameters, which can only be text', async () => {
    await build();
    const response = await app.inject('/things?count=5');
    expect(response.json()).toEqual([{ count: 5 }]);
  });

  it('sends only what the response schema names', async () => {
    await build();
    expect((await post('{"count":5}')).json()).toEqual({ count: 5 });
  });

  it('tells nothing of an unforeseen error but its request id', async () => {
    await build();
    const response = await app.inject({ url: '/boom', headers: { 'x-request-id': 'abcdefgh-1' } });
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('hunter2');
    expect(response.json()).toMatchObject({ code: 'internal_error', requestId: 'abcdefgh-1' });
  });

  it('replaces a request id that could forge a log line', async () => {
    await build();
    const response = await app.inject({ url: '/livez', headers: { 'x-request-id': 'a b\tc' } });
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends headers of a problem', async () => {
    await build();
    const response = await app.inject('/gone');
    expect(response.headers['x-why']).toBe('test');
    expect(response.json()).toMatchObject({ code: 'course_not_found', detail: 'no course "x"' });
  });

  it('answers an unknown route with a problem document', async () => {
    await build();
    expect((await app.inject('/nowhere')).json()).toMatchObject({ code: 'not_found', status: 404 });
  });

  it('is ready only when each dependency is', async () => {
    await build();
    const response = await app.inject('/readyz');
    expect(response.statusCode).toBe(503);
    expect(response.json().checks).toMatchObject({ good: { ok: true }, bad: { ok: false, error: 'is away' } });
    expect((await app.inject('/livez')).statusCode).toBe(200);
  });

  it('names its schemas in OpenAPI 3.1', async () => {
    await build();
    expect(openApiDocument(app)).toMatchObject({
      openapi: '3.1.0',
      components: { schemas: { Thing: { type: 'object' } } },
      paths: {
        '/things': {
          post: {
            requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
          },
        },
      },
    });
  });

  it('describes every refusal that the server can answer with, once for all routes', async () => {
    await build();
    const { paths, components } = openApiDocument(app) as Record<string, Record<string, never>>;
    const touch = Object.keys((paths?.['/touch'] as unknown as { post: { responses: object } }).post.responses);
    expect(touch).toEqual(expect.arrayContaining(['400', '401', '413', '415', '429', '503']));
    expect(components).toMatchObject({
      responses: {
        Problem429: { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      },
    });
  });

  it('serves a browsable reference', async () => {
    await build();
    expect((await app.inject('/docs/')).headers['content-type']).toContain('text/html');
    expect((await app.inject('/docs/openapi.json')).json().openapi).toBe('3.1.0');
  });
});
