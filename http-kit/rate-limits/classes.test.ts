import { expect, it } from 'vitest';
import { rateClassOf } from './classes.ts';

it.each([
  ['GET', '/v1/courses', 'read'],
  ['HEAD', '/v1/studio/courses', 'read'],
  ['POST', '/v1/courses', 'command'],
  ['DELETE', '/v1/lessons/:lessonId', 'command'],
  ['POST', '/v1/auth/login', 'auth'],
  ['POST', '/v1/auth/refresh', 'refresh'],
  ['GET', '/v1/auth/sessions', 'read'],
  ['GET', '/livez', null],
  ['GET', '/docs/openapi.json', null],
  ['GET', '/.well-known/jwks.json', null],
  ['GET', '/docsomething', 'read'],
])('%s %s is of the class %s', (method, path, expected) => {
  expect(rateClassOf(method, path)).toBe(expected);
});

it('leaves the last word to the route', () => {
  expect(rateClassOf('GET', '/v1/search', 'search')).toBe('search');
  expect(rateClassOf('POST', '/v1/webhooks', false)).toBeNull();
});
