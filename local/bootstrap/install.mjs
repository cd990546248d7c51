import { join } from 'node:path';
import { isInstalled, markInstalled } from './installed.mjs';
import { withLock } from './lock.mjs';
import { trimPackages } from './trim.mjs';
import { assertSupportedNpm, npmCommand, runNpm } from './npm.mjs';

const say = (line) => process.stderr.write(`${line}\n`);

/** Runs `npm ci` unless node_modules is what the lockfile asks for. @throws with advice when it fails. */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return;
  const npm = npmCommand();
  assertSupportedNpm(npm);
  const waiting = () => say('Another start is installing the packages; waiting for it.');
  await withLock(join(root, '.local', 'install.lock'), waiting, async () => {
    if (isInstalled(root)) return;
    await install(npm, root);
    markInstalled(root);
  });
}

async function install(npm, root) {
  const started = Date.now();
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  say('Installing the packages (npm ci; the first time takes a minute or two).');
  const progress = setInterval(() => say(`  still installing, ${elapsed()}`), 10_000);
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--loglevel=error',
  ];
  const code = await runNpm(npm, args, root).finally(() => clearInterval(progress));
  if (code !== 0) throw new Error(advice(code));
  trimPackages(join(root, 'node_modules'));
  say(`Installed in ${elapsed()}.`);
}

const advice = (code) => `npm ci failed (exit code ${code}); its own message is above. What usually helps:
  - no network, or a proxy: check "npm ping", and the proxy and registry settings in "npm config list"
  - disk full: the packages need about 600 MB (in ${process.cwd()} and in npm's cache)
  - files in use or not yours (EPERM, EACCES): stop what runs from here, check who owns node_modules
  - otherwise: delete node_modules and run the command again`;
