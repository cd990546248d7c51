import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { stateDirectory } from '../platform/paths.ts';
import { postgresDirectory } from '../supervisor/parts/postgres.ts';
import { stopStack } from '../supervisor/stop-stack.ts';

/** `npm run reset [-- --yes]`: stops the stack and deletes its data, secrets, logs and traces. */
async function main(args: string[]): Promise<number> {
  const state = stateDirectory();
  const database = await postgresDirectory(state);
  const folders = database.startsWith(state) ? [state] : [state, dirname(database)];
  if (!args.includes('--yes') && !(await confirmed(folders))) {
    process.stdout.write('Nothing was deleted.\n');
    return 1;
  }
  process.stdout.write(`${await stopStack(state)}\n`);
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  process.stdout.write(`Deleted ${folders.join(' and ')}. npm start begins afresh.\n`);
  return 0;
}

async function confirmed(folders: string[]): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stdout.write('There is no terminal to ask on; confirm with: npm run reset -- --yes\n');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const question = `This deletes the database, the read models, secrets, logs and traces in ${folders.join(' and ')}.\nType yes to go on: `;
    return (await terminal.question(question)).trim() === 'yes';
  } finally {
    terminal.close();
  }
}

process.exitCode = await main(process.argv.slice(2));
