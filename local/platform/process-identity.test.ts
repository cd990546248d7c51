import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { endProcess } from './end-process.ts';
import { commandLine, identify, isRunning } from './process-identity.ts';

function idle() {
  return spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
}

test('a process is known by its start, so a later one with its id is a stranger', async () => {
  const own = await identify(process.pid);
  expect(own && (await isRunning(own))).toBe(true);
  expect(await isRunning({ pid: process.pid, startedAt: 'some other time' })).toBe(false);
});

test('a process that ended has no identity', async () => {
  const child = idle();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await identify(child.pid ?? 0)).toBeUndefined();
});

test('ending a process spares a stranger and ends the one that was meant', async () => {
  const child = idle();
  await once(child, 'spawn');
  const identity = await identify(child.pid ?? 0);
  expect(identity).toBeDefined();
  if (!identity) return;
  expect(await commandLine(identity.pid)).toContain('setInterval');
  await endProcess({ ...identity, startedAt: 'another time' });
  expect(await isRunning(identity)).toBe(true);
  const exited = once(child, 'exit');
  await endProcess(identity);
  await exited;
  expect(await isRunning(identity)).toBe(false);
});
