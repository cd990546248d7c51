import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { describePortHolder, listeningInode, shortCommand } from './port-holder.ts';
import { isPortFree } from './ports.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0FA1 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0
   1: 0100007F:0FA2 0100007F:0FA1 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0 100 0 0 10 0`;

test('only a listening socket holds a port', () => {
  expect(listeningInode(TABLE, 4001)).toBe('4711');
  expect(listeningInode(TABLE, 4002)).toBeUndefined();
});

test('a command is told without folders and preloaded modules', () => {
  expect(shortCommand('/opt/node/bin/node --import file:///a.ts write-api/main.ts')).toBe('node write-api/main.ts');
});

test('a port in use is not free, and its holder is named where the system tells', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await isPortFree(port)).toBe(false);
  const holder = await describePortHolder(port);
  if (process.platform === 'linux') expect(holder).toContain(`process ${process.pid}`);
  server.close();
  await once(server, 'close');
  expect(await isPortFree(port)).toBe(true);
});
