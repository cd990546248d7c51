// Entry of every npm script: makes sure the packages and a recent Node are there, then runs local/commands/<command>.ts.
// Plain JavaScript for Node 18, without dependencies: it runs before anything is installed.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './bootstrap/install.mjs';
import { assertSupportedNode, chooseNode } from './bootstrap/node.mjs';
import { runCommand } from './bootstrap/run-command.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const commands = join(root, 'local', 'commands');

async function main([command = '', ...args]) {
  assertSupportedNode(process.versions.node);
  const file = join(commands, `${command.replaceAll(':', '-')}.ts`);
  if (!/^[a-z:-]+$/.test(command) || !existsSync(file)) throw new Error(unknownCommand(command));
  await ensureInstalled(root);
  return runCommand(chooseNode(root), file, args);
}

function unknownCommand(command) {
  const known = readdirSync(commands)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -3).replaceAll('-', ':'));
  return `There is no command "${command}". There are: ${known.join(', ')}.`;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  },
);
