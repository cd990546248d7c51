import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { decodeText } from './decode.ts';
import { CourseFolderError } from './error.ts';
import { byName } from './names.ts';

const MAX_DEPTH = 8;
const MAX_ENTRIES = 10_000;
const SKIPPED_FOLDERS = new Set(['node_modules', '__macosx']);

/** A file of the folder: the path to show (with `/` on every system) and the real one to read. */
export interface FolderFile {
  /** Names of the folders that lead to it and its own, relative to the course's folder. */
  parts: string[];
  shownPath: string;
  realPath: string;
}

export const isMarkdown = (name: string): boolean => /\.(md|markdown)$/i.test(name);

/**
 * All Markdown and YAML files of a folder in the order in which people number them. Hidden files and other kinds are
 * left out. A link that leads outside of the folder is an error when it names a folder or a Markdown file.
 */
export async function listFiles(folder: string): Promise<FolderFile[]> {
  const root = await realpath(folder).catch(() => null);
  if (root === null || !(await stat(root)).isDirectory()) {
    throw new CourseFolderError({ file: folder }, 'there is no such folder', 'Check the path');
  }
  const found: FolderFile[] = [];
  let entries = 0;

  const walk = async (parts: string[]): Promise<void> => {
    const names = (await readdir(join(root, ...parts))).sort(byName);
    entries += names.length;
    if (entries > MAX_ENTRIES || parts.length > MAX_DEPTH) {
      const limits = `${MAX_ENTRIES} files or ${MAX_DEPTH} levels`;
      throw new CourseFolderError(
        { file: shown(parts) },
        `more than ${limits}`,
        'Choose the folder of a single course',
      );
    }
    for (const name of names) {
      if (name.startsWith('.') || SKIPPED_FOLDERS.has(name.toLowerCase())) continue;
      const here = [...parts, name];
      const target = await resolveEntry(root, here);
      if (target?.kind === 'folder') await walk(here);
      if (target?.kind === 'file') found.push({ parts: here, shownPath: shown(here), realPath: target.path });
    }
  };
  await walk([]);
  return found;
}

type Entry = { kind: 'folder' } | { kind: 'file'; path: string } | null;

async function resolveEntry(root: string, parts: string[]): Promise<Entry> {
  const path = join(root, ...parts);
  const name = parts.at(-1) ?? '';
  const isWanted = isMarkdown(name) || /\.ya?ml$/i.test(name);
  const own = await lstat(path);
  if (own.isDirectory()) return { kind: 'folder' };
  if (own.isFile()) return isWanted ? { kind: 'file', path } : null;
  if (!own.isSymbolicLink()) return null;

  const target = await realpath(path).catch(() => null);
  const targetStat = target === null ? null : await stat(target);
  const isInside =
    target !== null && (target === root || !relative(root, target).startsWith('..')) && isSameDrive(root, target);
  if (isInside) return targetStat?.isFile() && isWanted ? { kind: 'file', path: target } : null;
  if (!isWanted && !targetStat?.isDirectory()) return null;
  const problem = target === null ? 'the link leads nowhere' : 'the link leads outside of the folder';
  throw new CourseFolderError(
    { file: shown(parts) },
    problem,
    'Copy what is meant into the folder, or remove the link',
  );
}

const shown = (parts: string[]): string => parts.join('/') || '.';
const isSameDrive = (root: string, target: string): boolean =>
  sep === '/' || root.slice(0, 2).toLowerCase() === target.slice(0, 2).toLowerCase();

/** Text of a file of at most `maxBytes`. */
export async function readText(file: FolderFile, maxBytes: number): Promise<string> {
  const { size } = await stat(file.realPath);
  if (size > maxBytes) {
    const kilobytes = Math.ceil(size / 1000);
    const problem = `the file has ${kilobytes} KB, the limit is ${maxBytes / 1000} KB`;
    throw new CourseFolderError({ file: file.shownPath }, problem, 'Divide it into several lessons');
  }
  return decodeText(await readFile(file.realPath), file.shownPath);
}
