import { findDataSet } from '@eduplatform/seed/scale/target';
import { TargetError } from '@eduplatform/seed/scale/target-error';
import { withDatabase, withPostgres } from '../servers/postgres.ts';

/**
 * Drops a database that was seeded; nothing happens where there is none.
 * @throws TargetError when it holds anything else, or somebody uses it.
 */
export async function dropSeeded(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await withPostgres(withDatabase(url, 'postgres'), async (server) => {
    const { rowCount } = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) return;
    await withPostgres(url, findDataSet);
    const users = await server.query('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [name]);
    if (users.rowCount) throw new TargetError(`The database ${name} is in use: npm stop first, then try again.`);
    await server.query(`DROP DATABASE ${server.escapeIdentifier(name)}`);
  });
}
