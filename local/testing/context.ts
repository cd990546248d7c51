import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { withPostgres } from '../servers/postgres.ts';

export { freePort } from '../platform/ports.ts';
export { eventually } from '../platform/wait.ts';
export { startTestRedis, startTestSearch, type TestServer } from './servers.ts';

export interface TestDatabase {
  /** Connection string of the superuser. */
  url: string;
  /** Removes the database, ending the sessions that are still in it. */
  drop(): Promise<void>;
}

/** A migrated, empty database of its own, cloned from the template (some 50 ms). */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url: server, template } = inject('servers').postgres;
  const name = `test_${unique()}`;
  await withPostgres(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const url = new URL(server);
  url.pathname = name;
  return {
    url: url.href,
    async drop() {
      await withPostgres(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** The shared Redis and a key prefix that nobody else uses (a value for REDIS_PREFIX). Flushing needs `startTestRedis`. */
export function testRedis(): { url: string; prefix: string } {
  return { url: inject('servers').redis.url, prefix: `test-${unique()}` };
}

/** The shared search engine and an index prefix that nobody else uses (a value for MEILI_INDEX_PREFIX). */
export function testSearch(): { url: string; masterKey: string; indexPrefix: string } {
  return { ...inject('servers').search, indexPrefix: `test_${unique()}_` };
}

function unique(): string {
  return randomBytes(6).toString('hex');
}
