import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** npm 7 is the first that reads the lockfile's format. */
const OLDEST_NPM = 7;

/** How to call npm: as a script of this Node where it can be found (no shell, so also fine for npm.cmd on Windows). */
export function npmCommand(env = process.env) {
  const beside = dirname(process.execPath);
  const scripts = [
    env.npm_execpath,
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = scripts.find((path) => path && basename(path) === 'npm-cli.js' && existsSync(path));
  if (script) return { command: process.execPath, args: [script], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/** @throws when npm is missing or too old. */
export function assertSupportedNpm({ command, args, shell }) {
  const { status, stdout } = spawnSync(command, [...args, '--version'], { encoding: 'utf8', shell });
  if (status !== 0)
    throw new Error('EduPlatform needs npm, which comes with Node, and could not run it. Is it on PATH?');
  const version = stdout.trim();
  if (Number(version.split('.')[0]) >= OLDEST_NPM) return;
  throw new Error(
    `EduPlatform needs npm ${OLDEST_NPM} or newer; this is ${version}. Update it with: npm install -g npm`,
  );
}

/** Runs npm in `root` with its output on stderr; answers its exit code. */
export function runNpm({ command, args, shell }, npmArgs, root) {
  const child = spawn(command, [...args, ...npmArgs], { cwd: root, shell, stdio: ['ignore', 2, 2] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}
