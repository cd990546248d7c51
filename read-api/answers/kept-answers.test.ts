import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { Read } from '../read-model/read.ts';
import { KeptAnswers } from './kept-answers.ts';

const seen = { position: '10', at: '2026-01-01T00:00:00.000Z' };
const body = Buffer.from('{"title":"Größe"}');

/** A request that was answered from so many entries of the cache. */
function answered(url: string, { parts = 1, route = '/v1/courses', takesQuery = true } = {}): FastifyRequest {
  const read = new Read();
  for (let index = 0; index < parts; index += 1) {
    read.sawCached({ value: '', seen, isFallback: false, validity: { freshUntil: 1, era: 0, isHeld: true } }, 1);
  }
  const schema = takesQuery ? { querystring: {} } : {};
  return { method: 'GET', url, headers: {}, read, routeOptions: { url: route, config: {}, schema } } as never;
}

function setUp(maxBytes = 1_000_000) {
  const answers = new KeptAnswers({ holds: () => true, maxBytes });
  const keep = (request: FastifyRequest) =>
    answers.keep(request, { body, etag: '"e"', headers: {}, bodyHeaders: {}, audience: 'anyone' });
  const find = (url: string) => answers.find({ url, headers: {} } as IncomingMessage);
  return { answers, keep, find };
}

it('keeps the bytes as they are', () => {
  const { keep, find } = setUp();
  keep(answered('/v1/courses'));
  expect(Buffer.from(find('/v1/courses')?.body ?? '', 'latin1')).toEqual(body);
});

it('stays within its bytes, of which the address and what an answer is made of are a part', () => {
  const { answers, keep } = setUp(100_000);
  keep(answered('/v1/courses?short'));
  const short = answers.bytes;
  keep(answered(`/v1/courses?${'long'.repeat(100)}`, { parts: 101 }));
  expect(answers.bytes - short).toBeGreaterThan(short + 100 * 64 + 2 * 390 - 10);
  for (let index = 0; index < 200; index += 1) keep(answered(`/v1/courses?${index}`));
  expect(answers.bytes).toBeLessThanOrEqual(100_000);
  expect(answers.bytes).toBeGreaterThan(50_000);
});

it.each([
  ['is made of too much', '/v1/courses?q', { parts: 201 }],
  ['has an endless address', `/v1/courses?${'q'.repeat(500)}`, {}],
  ['has a query that its route does not take', '/v1/courses/a?q', { takesQuery: false }],
])('does not keep what %s', (_what, url, of) => {
  const { keep, find } = setUp();
  keep(answered(url, of));
  expect(find(url)).toBeUndefined();
});
