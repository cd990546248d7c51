import { createPool } from '@eduplatform/db/pool';
import { promoteToAdmin } from '@eduplatform/write-api/users/promote';
import { databaseOfStack } from './running-stack.ts';

/** `npm run admin -- EMAIL`: makes a registered user an admin, in the running stack's database or in DATABASE_URL's. */
async function main([email]: string[]): Promise<number> {
  if (!email?.includes('@')) return fail('Whose account? For example: npm run admin -- maria@example.com');
  const url = await databaseOfStack();
  const pool = createPool({ connectionString: url, applicationName: 'admin', max: 1 });
  const found = await promoteToAdmin(pool, email).finally(() => pool.end());
  if (!found) return fail(`Nobody has registered as ${email}: register in the storefront first, then run this again.`);
  process.stdout.write(`${email} is an admin from the next sign-in on.\n`);
  return 0;
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => fail(error.message));
