import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface FolderSize {
  bytes: number;
  /** The largest packages with their sizes. */
  largest: string[];
}

const LISTED = 8;

/** Size of all node_modules folders of a checkout (links between workspaces are not followed). */
export async function folderSize(checkout: string): Promise<FolderSize> {
  const packages = new Map<string, number>();
  const visit = async (folder: string, owner: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const isScope = owner === '' && entry.name.startsWith('@');
      const next = owner === '' || owner.endsWith('/') ? `${owner}${entry.name}${isScope ? '/' : ''}` : owner;
      if (entry.isDirectory()) await visit(path, next);
      else if (entry.isFile()) packages.set(next, (packages.get(next) ?? 0) + (await lstat(path)).size);
    }
  };
  for (const folder of await nodeModulesOf(checkout)) await visit(folder, '');
  const sorted = [...packages].sort(([, a], [, b]) => b - a);
  return {
    bytes: sorted.reduce((sum, [, bytes]) => sum + bytes, 0),
    largest: sorted.slice(0, LISTED).map(([name, bytes]) => `${name} ${formatBytes(bytes)}`),
  };
}

async function nodeModulesOf(checkout: string): Promise<string[]> {
  const entries = await readdir(checkout, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const nested = await Promise.all(
    folders
      .filter((name) => name !== 'node_modules')
      .map(async (name) =>
        (await readdir(join(checkout, name))).includes('node_modules') ? [join(name, 'node_modules')] : [],
      ),
  );
  return ['node_modules', ...nested.flat()].filter((path) => path !== '').map((path) => join(checkout, path));
}

/** Megabytes of 10^6 bytes. */
export function formatBytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
