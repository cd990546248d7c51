import { withPostgres } from '../servers/postgres.ts';

// A process of its own, started by prepare-database.ts: what it loads does not stay in the supervisor's memory.
const url = process.env.DATABASE_URL ?? '';

const note = (text: string) => process.send?.(text);

/** Makes the database where the server is ours; a server of the user's has it already. */
async function createDatabase(): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const maintenance = new URL(url);
  maintenance.pathname = 'postgres';
  await withPostgres(maintenance.href, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  });
}

if (process.env.CREATE_DATABASE) await createDatabase();
note('migrations');
const { migrate } = await import('@eduplatform/db/migrate');
await migrate(url);
if (process.env.SEED_DEMO) {
  const { seedDemo } = await import('@eduplatform/seed/demo');
  await seedDemo(url, note);
}
