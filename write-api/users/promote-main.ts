/** Makes a registered user an admin where there is no npm, in a container: node write-api/users/promote-main.ts EMAIL */
import { createPool } from '@eduplatform/db/pool';
import { promoteToAdmin } from './promote.ts';

async function main(email: string | undefined, connectionString: string | undefined): Promise<number> {
  if (!connectionString) return fail('DATABASE_URL is not set: it says in which database the account is.');
  if (!email?.includes('@')) return fail('Whose account? Give the email, for example maria@example.com');
  const pool = createPool({ connectionString, applicationName: 'promote', max: 1 });
  try {
    const found = await promoteToAdmin(pool, email);
    if (!found)
      return fail(`Nobody has registered as ${email}: register in the storefront first, then run this again.`);
    process.stdout.write(`${email} is an admin from the next sign-in on.\n`);
    return 0;
  } finally {
    await pool.end();
  }
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}

process.exitCode = await main(process.argv[2], process.env.DATABASE_URL).catch((error: Error) =>
  fail(`The database cannot be used: ${error.message || String(error)}`),
);
