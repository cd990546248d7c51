import { join } from 'node:path';
import { repositoryRoot } from '../platform/paths.ts';
import { runOnTerminal, toolPath } from '../platform/tools.ts';

// `npm run typecheck`: the servers and tools with tsc, the storefront with svelte-check (after generating its types).
const web = join(repositoryRoot, 'web');
const servers = await runOnTerminal(toolPath('tsc'), ['--noEmit', '-p', 'tsconfig.json']);
const browserTests = await runOnTerminal(toolPath('tsc'), ['--noEmit', '-p', 'web/e2e/tsconfig.json']);
const generated =
  (await runOnTerminal('scripts/compile-messages.ts', [], web)) ||
  (await runOnTerminal(toolPath('svelte-kit'), ['sync'], web));
const storefront = generated || (await runOnTerminal(toolPath('svelte-check'), ['--tsconfig', './tsconfig.json'], web));
process.exitCode = servers || browserTests || storefront;
