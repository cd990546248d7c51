import { describe, expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

describe('where to go after signing in', () => {
  it.each(['/courses', '/ru/courses?q=a#b', '/'])('is the path %s', (next) => {
    expect(safeNext(next, '/home')).toBe(next);
  });

  it.each([
    null,
    '',
    'courses',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/a\nb',
    '/.//evil.example/',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/a/%2E%2e//evil.example',
  ])('is never %j', (next) => {
    expect(safeNext(next, '/home')).toBe('/home');
  });
});
