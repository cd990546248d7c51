import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../platform/paths.ts';
import { run } from '../../platform/run.ts';
import { eventually } from '../../platform/wait.ts';
import type { ServiceName } from '../../supervisor/stack-file.ts';
import { createTestStack, type TestStack } from '../../testing/stack.ts';
import { allProcesses, answers, descendants, gone, processOf, RECOVERY_MS, restarted, statusOf } from './support.ts';

const SERVICES: ServiceName[] = ['web', 'readApi', 'writeApi', 'indexer', 'postgres', 'redis', 'search'];

let stack: TestStack;

beforeAll(async () => {
  stack = await createTestStack();
  await stack.start();
});
afterAll(async () => {
  await stack.remove();
});

test('a start describes every service in stack.json, which only its owner can read', async () => {
  const { state, services } = await stack.stack();
  expect(state).toBe('ready');
  expect(Object.keys(services).sort()).toEqual([...SERVICES].sort());
  for (const name of SERVICES) expect((await processOf(stack, name)).pid).toBeGreaterThan(0);
  const { mode } = await stat(join(stack.stateDirectory, 'stack.json'));
  expect(mode & 0o077).toBe(0);
});

test('a start prints the addresses and the demo logins', () => {
  expect(stack.output()).toContain('Storefront');
  expect(stack.output()).toContain('teacher@eduplatform.com');
});

test('home, catalog, a course and a lesson are served', async () => {
  for (const path of await readerPages()) expect(await statusOf(stack, path), path).toBe(200);
});

test('a second start says that one is running and where, and fails', async () => {
  const second = await stack.startAnother();
  expect(second.code).toBe(1);
  expect(second.output).toContain('already runs');
  expect(second.output).toContain((await stack.service('web')).url);
});

test('an occupied port is named with its variable and the process that holds it', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port } = blocker.address() as AddressInfo;
  const blocked = await createTestStack({ READ_API_PORT: String(port) });
  try {
    const { code, output } = await blocked.startAnother();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is in use`);
    expect(output).toContain('READ_API_PORT=');
    if (process.platform === 'linux') expect(output).toContain(`process ${process.pid}`);
  } finally {
    blocker.close();
    await blocked.remove();
  }
});

test('doctor finds nothing wrong with a healthy stack', async () => {
  const doctor = join(repositoryRoot, 'local', 'commands', 'doctor.ts');
  const healthy = async () => {
    const { code, output } = await run({ command: process.execPath, args: [doctor], env: stack.env });
    if (code !== 0) throw new Error(output);
    return output;
  };
  expect(await eventually(healthy, { timeoutMs: RECOVERY_MS, intervalMs: 1_000 })).toMatch(/\n0 problems\n$/);
});

describe('a part that is killed', () => {
  test.for(['redis', 'search', 'readApi', 'writeApi', 'indexer', 'web'] as const)(
    '%s is started again',
    async (name) => {
      const before = await processOf(stack, name);
      process.kill(before.pid, 'SIGKILL');
      await restarted(stack, name, before);
      await answers(stack, 'indexer', '/readyz');
      await answers(stack, 'readApi', '/readyz');
      for (const path of await readerPages()) await answers(stack, 'web', path);
    },
  );

  test('Postgres is started again and commands work', async () => {
    const before = await processOf(stack, 'postgres');
    process.kill(before.pid, 'SIGKILL');
    await restarted(stack, 'postgres', before);
    await answers(stack, 'writeApi', '/readyz');
    await eventually(() => signIn(), { timeoutMs: RECOVERY_MS, intervalMs: 200 });
  });
});

test('readers notice nothing while Postgres is stopped', async () => {
  const pages = await readerPages();
  const postgres = await processOf(stack, 'postgres');
  // Stopped, not killed: nothing starts it again, and connections to it hang, which is worse than an error.
  const processes = [postgres.pid, ...(await descendants(postgres.pid))];
  for (const pid of processes) process.kill(pid, 'SIGSTOP');
  try {
    for (const path of pages) expect(await statusOf(stack, path), path).toBe(200);
  } finally {
    for (const pid of processes) process.kill(pid, 'SIGCONT');
  }
  await answers(stack, 'writeApi', '/readyz');
  await answers(stack, 'indexer', '/readyz');
});

test('kill -9 of everything loses nothing', async () => {
  const email = `kept-${Date.now()}@example.com`;
  await eventually(() => register(email), { timeoutMs: RECOVERY_MS, intervalMs: 200 });
  const pages = await readerPages();
  const processes = await allProcesses(stack);
  for (const { pid } of processes) process.kill(pid, 'SIGKILL');
  await eventually(() => gone(processes), { timeoutMs: 10_000 });
  await stack.start();
  for (const path of pages) expect(await statusOf(stack, path), path).toBe(200);
  expect(await signIn(email, PASSWORD)).toBe(true);
});

test('what outlives a killed supervisor is ended by the next start', async () => {
  const processes = await allProcesses(stack);
  process.kill(stack.pid(), 'SIGKILL');
  await stack.start();
  await eventually(() => gone(processes), { timeoutMs: 10_000 });
  expect(await statusOf(stack, '/')).toBe(200);
});

test('npm stop leaves nothing running', async () => {
  const processes = await allProcesses(stack);
  const stop = join(repositoryRoot, 'local', 'commands', 'stop.ts');
  const { code, output } = await run({ command: process.execPath, args: [stop], env: stack.env });
  expect(output).toContain('Stopped.');
  expect(code).toBe(0);
  await gone(processes);
  await expect(stack.stack()).rejects.toThrow('does not run');
});

const PASSWORD = 'a long enough passphrase';

async function register(email: string): Promise<boolean> {
  return post('/v1/auth/register', { email, password: PASSWORD, name: 'Kept' });
}

async function signIn(email = 'teacher@eduplatform.com', password = 'demo-password'): Promise<boolean> {
  return post('/v1/auth/login', { email, password });
}

async function post(path: string, body: unknown): Promise<boolean> {
  const { url } = await stack.service('writeApi');
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${text}`);
  return true;
}

/** Home, catalog, one course and its first lesson, as the read API names them. */
async function readerPages(): Promise<string[]> {
  const courses = JSON.parse(await answers(stack, 'readApi', '/v1/courses?limit=1')) as { items: { slug: string }[] };
  const slug = courses.items[0]?.slug ?? '';
  const curriculum = await answers(stack, 'readApi', `/v1/courses/${slug}/curriculum`);
  const { modules } = JSON.parse(curriculum) as { modules: { lessons: { id: string }[] }[] };
  const lesson = modules[0]?.lessons[0]?.id ?? '';
  return ['/', '/courses', `/courses/${slug}`, `/courses/${slug}/lessons/${lesson}`];
}
