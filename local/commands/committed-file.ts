import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { repositoryRoot } from '../platform/paths.ts';

/**
 * Writes generated text to a committed file, or with `--check` compares the two and exits 1 when they differ.
 * `command` is what brings the file up to date.
 */
export async function writeOrCheck(path: string, text: string, command: string): Promise<void> {
  const name = relative(repositoryRoot, path);
  if (!process.argv.includes('--check')) {
    await writeFile(path, text);
    process.stdout.write(`wrote ${name}\n`);
    return;
  }
  const committed = await readFile(path, 'utf8').catch(() => '');
  if (committed.replaceAll('\r\n', '\n') === text) {
    process.stdout.write(`${name} is up to date\n`);
    return;
  }
  process.stderr.write(`${name} differs from what the code says; run \`${command}\` and commit it\n`);
  process.exitCode = 1;
}
