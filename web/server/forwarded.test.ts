import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { setOrigin } from './forwarded.ts';

function originOf(headers: Record<string, string>, trustProxy = false): IncomingMessage['headers'] {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  setOrigin(request, trustProxy);
  return request.headers;
}

describe('the origin of a request', () => {
  it('is http when nothing says otherwise', () => {
    expect(originOf({ host: '192.168.1.5:3000' })['x-forwarded-proto']).toBe('http');
  });

  it('is https when a proxy says so, the nearest to the visitor first', () => {
    expect(originOf({ 'x-forwarded-proto': 'https' })['x-forwarded-proto']).toBe('https');
    expect(originOf({ 'x-forwarded-proto': 'HTTPS, http' })['x-forwarded-proto']).toBe('https');
  });

  it('is never another protocol', () => {
    expect(originOf({ 'x-forwarded-proto': 'javascript:alert(1)' })['x-forwarded-proto']).toBe('http');
  });

  it('takes the host from a proxy only when that is declared', () => {
    const headers = { host: 'inner:3000', 'x-forwarded-host': 'learn.example.com' };
    expect(originOf(headers)).not.toHaveProperty('x-forwarded-host');
    expect(originOf(headers, true)['x-forwarded-host']).toBe('learn.example.com');
  });

  it('takes the chain of addresses from a proxy only when that is declared', () => {
    const headers = { host: 'learn.example.com', 'x-forwarded-for': '203.0.113.9' };
    expect(originOf(headers)).not.toHaveProperty('x-forwarded-for');
    expect(originOf(headers, true)['x-forwarded-for']).toBe('203.0.113.9');
  });
});
