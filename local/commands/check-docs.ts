/** Checks that every npm command, link and path that the Markdown files name exists. Prints what does not. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { repositoryRoot } from '../platform/paths.ts';
import { brokenReferences, type DocumentationFacts } from './docs-references.ts';

const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
/** Not ours, generated, or course material that only looks like documentation. */
const SKIPPED = new Set([
  'node_modules',
  '.git',
  '.local',
  '.svelte-kit',
  'build',
  'seed/content',
  'web/project.inlang',
  'paraglide',
]);

/** Paths of the Markdown files below a folder, relative to the root. Walks the files: an unpacked archive has no git. */
function markdownFiles(folder: string): string[] {
  return readdirSync(join(repositoryRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (SKIPPED.has(entry.name) || SKIPPED.has(path)) return [];
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const files = markdownFiles('.').sort();

const facts: DocumentationFacts = {
  isScript: (name) => name in scripts,
  pathExists: (from, path) =>
    existsSync(resolve(repositoryRoot, dirname(from), path)) || existsSync(resolve(repositoryRoot, path)),
  headings: (file) => readFileSync(resolve(repositoryRoot, file), 'utf8'),
};

const broken = files.flatMap((file) => brokenReferences(file, readFileSync(join(repositoryRoot, file), 'utf8'), facts));
for (const line of broken) process.stderr.write(`${line}\n`);
process.stdout.write(`${files.length} Markdown files, ${broken.length} broken references\n`);
process.exitCode = broken.length > 0 ? 1 : 0;
