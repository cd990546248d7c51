import { runOnTerminal, toolPath } from '../platform/tools.ts';

// `npm run lint [-- --fix]`: ESLint with the rules on dependencies, then unused files, exports and packages.
const eslint = await runOnTerminal(toolPath('eslint'), ['.', ...process.argv.slice(2)]);
const knip = await runOnTerminal(toolPath('knip'), []);
process.exitCode = eslint || knip;
