import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Instance } from './instance.ts';

export interface Control {
  controlUrl: string;
  token: string;
  close(): void;
}

/** Listens for `npm stop`: a message works where signals do not (Windows). Only who can read the token may ask. */
export async function openControl(onStop: () => void): Promise<Control> {
  const token = randomBytes(24).toString('hex');
  const server = createServer((request, response) => {
    request.resume();
    const allowed = request.headers.authorization === `Bearer ${token}`;
    const known = request.method === 'POST' && request.url === '/stop';
    response.writeHead(allowed ? (known ? 202 : 404) : 401).end();
    if (allowed && known) onStop();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It never keeps the process alive by itself.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { controlUrl: `http://127.0.0.1:${port}`, token, close: () => void server.close() };
}

/** Asks a supervisor to stop its stack. @throws when it does not answer. */
export async function askToStop({ controlUrl, token }: Instance): Promise<void> {
  const response = await fetch(`${controlUrl}/stop`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(5_000),
  });
  if (response.status !== 202) throw new Error(`the supervisor answered ${response.status}`);
}
