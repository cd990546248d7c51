import { runOnTerminal, toolPath } from '../platform/tools.ts';

// `npm run format`: writes every file the way Prettier has it; `-- --check` only tells.
const mode = process.argv.includes('--check') ? '--check' : '--write';
process.exitCode = await runOnTerminal(toolPath('prettier'), [mode, '--log-level', 'warn', '.']);
