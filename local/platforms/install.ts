import { run } from '../platform/run.ts';
import type { Platform } from './platforms.ts';

/** Runs `npm ci` as on another platform; answers what went wrong, or nothing. Install scripts cannot run for another one. */
export async function installFor({ os, cpu }: Platform, checkout: string): Promise<string | undefined> {
  // npm names its own program to the scripts it runs; this command is one.
  const npm = process.env.npm_execpath;
  const command = npm ? process.execPath : 'npm';
  const target = [`--os=${os}`, `--cpu=${cpu}`, ...(os === 'linux' ? ['--libc=glibc'] : [])];
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const args = [...(npm ? [npm] : []), 'ci', ...target, ...quiet];
  const { code, output } = await run({ command, args, cwd: checkout });
  return code === 0 ? undefined : `npm ci failed:\n${output.trim()}`;
}
