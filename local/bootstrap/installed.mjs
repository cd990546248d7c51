import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const markerOf = (root) => join(root, 'node_modules', '.eduplatform-installed');

/** What the installation depends on: the lockfile and the platform. */
function fingerprint(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

/** Remembers that node_modules is what package-lock.json asks for. */
export function markInstalled(root) {
  writeFileSync(markerOf(root), fingerprint(root));
}

/** Whether node_modules is what package-lock.json asks for; also true after an `npm install` by hand. */
export function isInstalled(root) {
  const marker = markerOf(root);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === fingerprint(root)) return true;
  const actual = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(actual)) return false;
  if (!satisfies(readPackages(join(root, 'package-lock.json')), readPackages(actual))) return false;
  markInstalled(root);
  return true;
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/** Whether every package of the lockfile is there in its version; optional ones may be missing (another platform's). */
export function satisfies(wanted, actual) {
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true;
    const found = actual[path];
    return found ? found.version === entry.version : Boolean(entry.optional);
  });
}
