import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from './paths.ts';

/** Path of a development tool's program inside its package, to be run with Node (a .bin script would need a shell on Windows). */
const PROGRAMS = {
  eslint: 'eslint/bin/eslint.js',
  knip: 'knip/bin/knip.js',
  prettier: 'prettier/bin/prettier.cjs',
  'svelte-check': 'svelte-check/bin/svelte-check',
  'svelte-kit': '@sveltejs/kit/svelte-kit.js',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
} as const;

export type Tool = keyof typeof PROGRAMS;

export function toolPath(tool: Tool): string {
  return join(repositoryRoot, 'node_modules', ...PROGRAMS[tool].split('/'));
}

/** Runs a Node program on the terminal, from `cwd`; answers its exit code. */
export async function runOnTerminal(program: string, args: string[], cwd = repositoryRoot): Promise<number> {
  const child = spawn(process.execPath, [program, ...args], { cwd, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
