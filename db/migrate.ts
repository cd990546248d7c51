import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));
/** Weeks, from the current one on. */
const PARTITIONS_AHEAD = 4;

/** Applies the migrations that are missing (forward only, one at a time under a lock) and makes the outbox's partitions. */
export async function migrate(databaseUrl: string, log: (message: string) => void = () => {}): Promise<void> {
  await runner({
    databaseUrl,
    dir: MIGRATIONS,
    direction: 'up',
    migrationsTable: 'migrations',
    advisoryLockMode: 'wait',
    log,
  });
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'migrate' });
  await client.connect();
  try {
    await client.query('select make_outbox_partitions(now(), $1)', [PARTITIONS_AHEAD]);
  } finally {
    await client.end();
  }
}
