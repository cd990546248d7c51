import { chown, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Postgres refuses to run as root: as root it runs as this user and group ("nobody" nearly everywhere). */
const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;

/** User and group for programs that refuse root; empty where no change is needed. */
export const runAs: { uid: number; gid: number } | Record<string, never> = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Whether the user of `runAs` may enter every folder that leads to `path` (a missing one counts as one we will make). */
export async function isReachable(path: string): Promise<boolean> {
  if (!isRoot) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!(await isEnterable(folder))) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function isEnterable(folder: string): Promise<boolean> {
  try {
    const { mode, uid } = await stat(folder);
    return uid === NOBODY ? (mode & 0o100) !== 0 : (mode & 0o001) !== 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}

/** Makes a folder (0700) that belongs to the user of `runAs`, with all that is in it. */
export async function ownedFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (isRoot) await giveAway(path);
}

async function giveAway(path: string): Promise<void> {
  const { uid, gid } = await stat(path);
  if (uid === NOBODY && gid === NOBODY) return;
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await giveAway(child);
    else if (entry.isFile()) await chown(child, NOBODY, NOBODY);
  }
  await chown(path, NOBODY, NOBODY);
}
