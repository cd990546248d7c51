import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { withLock } from '../bootstrap/lock.mjs';
import { repositoryRoot } from '../platform/paths.ts';
import { runOrFail } from '../platform/run.ts';
import { viteProgram, webFolder } from './parts/web.ts';

/** What the built storefront is made from, besides the packages. */
const INPUTS = ['web', 'contracts', 'observability', 'process-kit'];
const GENERATED = new Set([
  'node_modules',
  'build',
  '.svelte-kit',
  'paraglide',
  'test',
  'e2e',
  'README.md',
  // Written into web/project.inlang by the build itself.
  '.meta.json',
  '.gitignore',
]);

const marker = join(webFolder, 'build', '.inputs');

/** Builds the storefront unless the last build was made from the same files. @returns what it did. @throws when aborted. */
export async function buildWeb(note: (text: string) => void, signal: AbortSignal): Promise<string> {
  const lock = join(repositoryRoot, '.local', 'build.lock');
  const waiting = () => note('another start is building it');
  const build = async () => {
    const inputs = await hashInputs();
    if (existsSync(marker) && (await readFile(marker, 'utf8')) === inputs) return 'unchanged';
    note('vite build');
    const env = { NODE_ENV: 'production' };
    const vite = { command: process.execPath, args: [viteProgram, 'build'], cwd: webFolder, env };
    await runOrFail(vite, 'vite build', signal);
    await writeFile(marker, inputs);
    return 'built';
  };
  return withLock(lock, waiting, build, signal);
}

/** One hash over the names and contents of all inputs. */
export async function hashInputs(): Promise<string> {
  const hash = createHash('sha256');
  const files = (await Promise.all(INPUTS.map((folder) => filesIn(join(repositoryRoot, folder))))).flat().sort();
  for (const file of [...files, join(repositoryRoot, 'package-lock.json')]) {
    const content = await readFile(file);
    hash.update(`${relative(repositoryRoot, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries
    .filter(({ name }) => !GENERATED.has(name))
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    });
  return (await Promise.all(nested)).flat();
}
