import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stateDirectory } from '../../platform/paths.ts';
import { run } from '../../platform/run.ts';
import { which } from '../../platform/which.ts';

const VERSION = '4.32.5';
const ENVIRONMENT = join(stateDirectory(), `schemathesis-${VERSION}`);
const binaries = process.platform === 'win32' ? 'Scripts' : 'bin';

/** The program, installed into a Python environment in `.local` the first time; a text says why that cannot be. */
export async function installSchemathesis(
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<{ program: string } | { reason: string }> {
  const program = join(ENVIRONMENT, binaries, process.platform === 'win32' ? 'schemathesis.exe' : 'schemathesis');
  if (existsSync(program)) return { program };
  const python = which('python3', 'python');
  if (!python) return { reason: 'there is no Python 3' };
  say(`Installing schemathesis ${VERSION} into .local, with ${python}.\n`);
  const made = await run({ command: python, args: ['-m', 'venv', ENVIRONMENT] }, signal);
  const pip = [join(ENVIRONMENT, binaries, 'python'), '-m', 'pip', 'install', '--quiet', `schemathesis==${VERSION}`];
  const installed = made.code === 0 ? await run({ command: pip[0] ?? '', args: pip.slice(1) }, signal) : made;
  if (installed.code === 0 && existsSync(program)) return { program };
  // Half an environment would look like a whole one the next time.
  await rm(ENVIRONMENT, { recursive: true, force: true });
  return { reason: installed.output.trim().split('\n').at(-1) ?? 'the installation failed' };
}
