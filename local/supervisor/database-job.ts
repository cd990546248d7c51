import { createDatabase } from '../servers/postgres.ts';

// A process of its own, started by prepare-database.ts: what it loads does not stay in the supervisor's memory.
const { DATABASE_URL: url = '', CREATE_DATABASE, SEED_DEMO, SEED_SCALE: scale } = process.env;

const note = (text: string) => process.send?.(text);

// A server of the user's has the database already.
if (CREATE_DATABASE) await createDatabase(url);
if (scale) {
  const { seedForStart } = await import('../scales/seed-for-start.ts');
  await seedForStart(url, scale, note);
}
note('migrations');
const { migrate } = await import('@eduplatform/db/migrate');
await migrate(url);
if (SEED_DEMO) {
  const { seedDemo } = await import('@eduplatform/seed/demo');
  await seedDemo(url, note);
}
