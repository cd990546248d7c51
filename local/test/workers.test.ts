import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { endChild, launch } from '../platform/launch.ts';
import { checkReady, nodeProgram } from '../supervisor/parts/node-program.ts';
import { createTestDatabase, eventually, freePort, testRedis } from '../testing/context.ts';
import { startSpanReceiver } from '../testing/span-receiver.ts';

// Starting processes takes seconds on a busy machine.
vi.setConfig({ testTimeout: 90_000 });
const START = { timeoutMs: 60_000 };

/** The service as the stack starts it, with two workers; ended when the test ends. */
async function startService(name: 'read-api' | 'write-api', env: NodeJS.ProcessEnv) {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const variable = name.replace('-', '_').toUpperCase();
  const { url: redisUrl, prefix } = testRedis();
  const spec = nodeProgram({
    args: [`${name}/main.ts`],
    env: {
      WEB_CONCURRENCY: '2',
      LOG_LEVEL: 'info',
      EDU_MODE: 'demo',
      REDIS_URL: redisUrl,
      REDIS_PREFIX: prefix,
      [`${variable}_PORT`]: String(port),
      [`${variable}_METRICS_PORT`]: String(metricsPort),
      ...env,
    },
  });
  const child = launch(spec);
  let log = '';
  child.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
  child.stderr?.pipe(process.stderr);
  onTestFinished(() => endChild(child, spec));
  const url = `http://127.0.0.1:${port}`;
  const metric = async (pattern: string): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    return Number(new RegExp(`^${pattern} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  };
  await eventually(async () => (await metric('http_server_workers')) === 2, START);
  return {
    url,
    metric,
    /** Ids of the processes that have logged. */
    pids: () => new Set(Array.from(log.matchAll(/"pid":(\d+)/g), ([, pid]) => Number(pid))),
    async stop() {
      await endChild(child, spec);
      return child.exitCode;
    },
  };
}

/** Status of an answer on a connection of its own, so that both workers get some. */
async function ask(url: string): Promise<number | undefined> {
  const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
  await response.resume().toArray();
  return response.statusCode;
}

test('two workers of the write API are ready, traced and counted as one, and one of them sends what is due', async () => {
  const database = await createTestDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'eduplatform-workers-'));
  onTestFinished(async () => {
    await database.drop();
    await rm(directory, { recursive: true, force: true });
  });
  const { url: collector, spans } = await startSpanReceiver();
  const api = await startService('write-api', {
    DATABASE_URL: database.url,
    SIGNING_KEYS_FILE: join(directory, 'keys.json'),
    MAIL_DIR: join(directory, 'mail'),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector,
  });
  await checkReady(api.url);
  const keys = Array.from({ length: 10 }, () => ask(`${api.url}/.well-known/jwks.json`));
  expect(new Set(await Promise.all(keys))).toEqual(new Set([200]));
  const counted =
    'http_server_request_duration_seconds_count\\{method="GET",route="/.well-known/jwks.json",status="200"\\}';
  expect(await api.metric(counted)).toBe(10);
  await eventually(() => spans.filter(({ name }) => name === 'request').length === 10);
  expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['write-api']));
  // The two workers and the primary.
  expect(api.pids().size).toBe(3);

  const register = { email: 'ann@example.com', password: 'a long enough one', name: 'Ann' };
  const registered = await fetch(`${api.url}/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(register),
  });
  expect(registered.status).toBe(201);
  await eventually(async () => (await api.metric('mails_total\\{template="[^"]*",result="sent"\\}')) === 1);
  expect(await api.stop()).toBe(0);
});

test('two workers of the read API are ready and counted as one, and end together', async () => {
  const api = await startService('read-api', {});
  const asked = Array.from({ length: 10 }, () => ask(`${api.url}/livez`));
  expect(new Set(await Promise.all(asked))).toEqual(new Set([200]));
  expect(
    await api.metric('http_server_request_duration_seconds_count\\{method="GET",route="/livez",status="200"\\}'),
  ).toBe(10);
  // Of what concerns all workers alike the worst is shown, and no sum.
  expect(await api.metric('read_search_server_in_rotation\\{server="[^"]*"\\}')).toBeLessThanOrEqual(1);
  expect(await api.stop()).toBe(0);
});
