import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startProxy } from './proxy.ts';

const isCaught = (message: string): boolean => message.includes('catch me');

/** A server that answers what it is sent, behind a proxy, and a client of it. */
async function echo() {
  const server = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await startProxy(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [host = '', port = ''] = proxy.address.split(':');
  const client: Socket = connect(Number(port), host);
  let heard = '';
  client.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  onTestFinished(async () => {
    client.destroy();
    await proxy.close();
    server.close();
  });
  return { proxy, client, heard: () => heard };
}

test('a message is held before it is passed on, with what follows, until it is released', async () => {
  const { proxy, client, heard } = await echo();
  const trap = proxy.trap(isCaught, 'before');
  client.write('first.');
  await vi.waitFor(() => expect(heard()).toBe('first.'));
  client.write('catch me.');
  await vi.waitFor(() => expect(trap.isSprung).toBe(true));
  client.write('last.');
  trap.release();
  await vi.waitFor(() => expect(heard()).toBe('first.catch me.last.'));
});

test('half of a message is passed on, and the other half when it is released', async () => {
  const { proxy, client, heard } = await echo();
  const trap = proxy.trap(isCaught, 'half');
  client.write('catch me');
  await vi.waitFor(() => expect(heard()).toBe('catc'));
  trap.release();
  await vi.waitFor(() => expect(heard()).toBe('catch me'));
});

test('an answer is held, and a trap catches only once', async () => {
  const { proxy, client, heard } = await echo();
  const trap = proxy.trap(isCaught, 'answered');
  client.write('catch me.');
  await vi.waitFor(() => expect(trap.isSprung).toBe(true));
  expect(heard()).toBe('');
  trap.release();
  await vi.waitFor(() => expect(heard()).toBe('catch me.'));
  client.write('catch me.');
  await vi.waitFor(() => expect(heard()).toBe('catch me.catch me.'));
});
