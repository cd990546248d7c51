/** Checks that every npm command, link and path that the Markdown files name exists. Prints what does not. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { repositoryRoot } from '../platform/paths.ts';
import { brokenReferences, type DocumentationFacts } from './docs-references.ts';

const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const files = execFileSync('git', ['ls-files', '*.md', ':!seed/content'], { cwd: repositoryRoot, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(repositoryRoot, file)));

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
