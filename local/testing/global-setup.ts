import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { withPostgres } from '../servers/postgres.ts';
import { startTestPostgres, startTestRedis, startTestSearch, type TestServer } from './servers.ts';

/** Where the servers of a test run are; read it through context.ts. */
export interface TestServers {
  postgres: { url: string; template: string };
  redis: { url: string };
  search: { url: string; masterKey: string };
}

declare module 'vitest' {
  export interface ProvidedContext {
    servers: TestServers;
  }
}

const TEMPLATE = 'template_eduplatform';

/** Vitest global setup: one Postgres, one Redis and one search engine for all test files; returns the teardown. */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'eduplatform-test-'));
  // Postgres may run as another user, who must get through.
  await chmod(directory, 0o711);
  const running: TestServer[] = [];
  const keep = async (starting: Promise<TestServer>) => {
    const server = await starting;
    running.push(server);
    return server;
  };
  const stop = async () => {
    await Promise.all(running.map((server) => server.close()));
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  const masterKey = process.env.MEILI_MASTER_KEY ?? randomBytes(16).toString('hex');
  const outcomes = await Promise.allSettled([
    keep(startTestPostgres(join(directory, 'postgres'))).then(createTemplate),
    givenOr(process.env.REDIS_URL, () => keep(startTestRedis(join(directory, 'redis')))),
    givenOr(process.env.MEILI_URL, () => keep(startTestSearch(join(directory, 'search'), masterKey))),
  ]);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  const [postgres, redis, search] = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : ''));
  if (failed || !postgres || !redis || !search) {
    await stop();
    throw failed?.reason ?? new Error('a server for the tests has no address');
  }
  project.provide('servers', {
    postgres: { url: postgres, template: TEMPLATE },
    redis: { url: redis },
    search: { url: search, masterKey },
  });
  return stop;
}

/** The migrated database that each test file's own is cloned from. */
async function createTemplate({ url }: TestServer): Promise<string> {
  await withPostgres(url, (client) => client.query(`CREATE DATABASE ${TEMPLATE}`));
  const { migrate } = await import('@eduplatform/db/migrate');
  const template = new URL(url);
  template.pathname = TEMPLATE;
  await migrate(template.href);
  return url;
}

async function givenOr(url: string | undefined, start: () => Promise<TestServer>): Promise<string> {
  return url ?? (await start()).url;
}
