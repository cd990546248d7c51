import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { withPostgres } from '../servers/postgres.ts';

// A process of its own, started by prepare-database.ts: what it loads does not stay in the supervisor's memory.
const url = process.env.DATABASE_URL ?? '';
const seedMarker = process.env.SEED_MARKER;

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

async function isEmpty(): Promise<boolean> {
  const { rowCount } = await withPostgres(url, (client) => client.query('SELECT 1 FROM users LIMIT 1'));
  return !rowCount;
}

/** Loads the demo data into an empty database; the marker says that a load was begun and has to be finished. */
async function seed(marker: string): Promise<void> {
  if (!existsSync(marker) && !(await isEmpty())) return;
  await writeFile(marker, 'The demo data is being loaded.\n');
  const { seedDemo } = await import('@eduplatform/seed/demo');
  await seedDemo(url, note);
  await rm(marker);
}

if (process.env.CREATE_DATABASE) await createDatabase();
note('migrations');
const { migrate } = await import('@eduplatform/db/migrate');
await migrate(url);
if (seedMarker) await seed(seedMarker);
