import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { PublicJwk } from '@eduplatform/contracts/tokens';
import { KeysUnavailableError, remoteJwks } from './jwks.ts';
import { createServer as createApp } from './server.ts';
import { createTokenVerifier } from './auth.ts';

const KEY: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x: 'x', kid: 'first', use: 'sig', alg: 'EdDSA' };
const logger = pino({ level: 'silent' });
let server: Server | undefined;
let answers = 0;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  answers = 0;
});

async function serveKeys(): Promise<string> {
  server = createServer((_request, response) => {
    answers += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [KEY] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('public keys from elsewhere', () => {
  it('are fetched once for many tokens', async () => {
    const keys = remoteJwks({ url: await serveKeys(), logger });
    await Promise.all(Array.from({ length: 20 }, () => keys.find('first')));
    expect(await keys.find('first')).toEqual(KEY);
    expect(answers).toBe(1);
  });

  it('go on serving when their source is away', async () => {
    let now = 0;
    const keys = remoteJwks({ url: await serveKeys(), logger, now: () => now });
    await keys.find('first');
    server?.closeAllConnections();
    server?.close();
    now = 24 * 3_600_000;
    expect(await keys.find('first')).toEqual(KEY);
    expect(await keys.find('first')).toEqual(KEY);
  });

  it('are not asked for again with every forged key id', async () => {
    const keys = remoteJwks({ url: await serveKeys(), logger, now: () => 0 });
    await keys.find('first');
    for (let number = 0; number < 20; number += 1) expect(await keys.find(`forged-${number}`)).toBeUndefined();
    expect(answers).toBe(1);
  });

  it('that were never there say nothing of a token: its bearer is a stranger, not refused', async () => {
    const keys = remoteJwks({ url: 'http://127.0.0.1:9/', logger });
    await expect(keys.find('first')).rejects.toThrow(KeysUnavailableError);
    const app = await createApp({
      name: 'test', title: 'Test', description: 'Test', logger, checks: {}, verifier: createTokenVerifier(keys),
    }); // prettier-ignore
    app.get('/who', async (request) => ({ user: request.user }));
    const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: 'first' })).toString('base64url');
    const answer = await app.inject({ url: '/who', headers: { authorization: `Bearer ${header}.e30.x` } });
    expect(answer.json()).toEqual({ user: null });
    await app.close();
  });
});
