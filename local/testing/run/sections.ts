import { join } from 'node:path';
import { repositoryRoot } from '../../platform/paths.ts';
import { toolPath } from '../../platform/tools.ts';

/** A program of the test run. */
export interface Section {
  name: string;
  /** A check counts as one; a Vitest run counts its tests; a counted one tells in its last line what it came to. */
  kind: 'check' | 'vitest' | 'counted';
  /** Node programs with their arguments, run one after another until one fails. */
  commands: { args: string[]; cwd?: string }[];
}

const web = join(repositoryRoot, 'web');
const own = (command: string, ...args: string[]) => ({
  args: [join(repositoryRoot, 'local', 'commands', `${command}.ts`), ...args],
});
const check = (name: string, ...commands: Section['commands']): Section => ({ name, kind: 'check', commands });
const vitest = (name: string, ...args: string[]): Section => ({
  name,
  kind: 'vitest',
  commands: [{ args: [toolPath('vitest'), 'run', ...args] }],
});

/** The storefront's messages and types, which are not committed: several checks and the build read them. */
export const generated = check(
  'generated code',
  { args: ['scripts/compile-messages.ts'], cwd: web },
  { args: [toolPath('svelte-kit'), 'sync'], cwd: web },
);

/** Checks of the files; they share nothing, so two run at a time. */
export const checks: Section[] = [
  check('format', own('format', '--check')),
  check('eslint', { args: [toolPath('eslint'), '.'] }),
  check('unused code', { args: [toolPath('knip'), '--no-progress'] }),
  check(
    'types',
    { args: [toolPath('tsc'), '--noEmit', '-p', 'tsconfig.json'] },
    { args: [toolPath('tsc'), '--noEmit', '-p', 'web/e2e/tsconfig.json'] },
  ),
  check('storefront types', {
    args: [toolPath('svelte-check'), '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
    cwd: web,
  }),
  check('openapi', own('openapi', '--check')),
  check('schema', own('schema', '--check')),
  check('documentation', own('check-docs')),
];

export const unitAndIntegration = vitest('unit and integration');
export const searchEngine = vitest('search engine', '--config', 'local/search-engine/conformance/vitest.config.ts');
export const faults: Section = {
  ...{ name: 'faults', kind: 'counted', commands: [own('test-faults', '--short', '--seed', '1')] },
};
export const stack = vitest('stack', '--config', 'local/test/stack/vitest.config.ts');
export const browser = vitest('browser', '--config', 'web/e2e/vitest.config.ts');
