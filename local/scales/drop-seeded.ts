import { findDataSet } from '@eduplatform/seed/scale/target';
import { TargetError } from '@eduplatform/seed/scale/target-error';
import { withDatabase, withPostgres } from '../servers/postgres.ts';

/** Autovacuum, which follows every load, gives way to the drop by itself. */
const USERS = `select from pg_stat_activity where datname = $1 and backend_type = 'client backend'`;
/** Nobody signs in while data is generated, and what is generated tells no events; the demo's does. */
const LIVED_IN = `
  select exists (select from sessions) or ($1 <> 'demo' and exists (select from outbox)) as "isLivedIn"`;

/**
 * Drops a database that was seeded; nothing happens where there is none.
 * @param isForced also when people have signed in or changed something since
 * @throws TargetError when it holds anything else, when somebody uses it, or when people have left something in it
 */
export async function dropSeeded(url: string, isForced: boolean): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await withPostgres(withDatabase(url, 'postgres'), async (server) => {
    const { rowCount } = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) return;
    const isLivedIn = await withPostgres(url, async (client) => {
      const found = await findDataSet(client);
      if (!found) return false;
      const { rows } = await client.query<{ isLivedIn: boolean }>(LIVED_IN, [found.scale]);
      return rows[0]?.isLivedIn === true;
    });
    if (isLivedIn && !isForced) {
      throw new TargetError(
        `People have used ${name} since it was filled: what they wrote would be lost. Nothing was changed. --force drops it all the same.`,
      );
    }
    const users = await server.query(USERS, [name]);
    if (users.rowCount) throw new TargetError(`The database ${name} is in use: npm stop first, then try again.`);
    await server.query(`DROP DATABASE ${server.escapeIdentifier(name)}`);
  });
}
