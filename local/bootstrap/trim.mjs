import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Source maps and change logs of packages: nothing that runs here reads them. */
const UNUSED_FILE = /\.map$|^changelog\.md$|^history\.md$/i;
/** C headers of the Node that was installed along: only compiling an addon needs them, and nothing is compiled. */
const isHeaders = (path) => /[\\/]node_modules[\\/]node-(bin-)?(linux|darwin|win)-[^\\/]+[\\/]include$/.test(path);

/** Removes from an installation what takes room and is never used, some 95 MB. */
export function trimPackages(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && isHeaders(path)) {
      rmSync(path, { recursive: true });
    } else if (entry.isDirectory()) {
      trimPackages(path);
    } else if (entry.isFile() && UNUSED_FILE.test(entry.name)) {
      rmSync(path);
    }
  }
}
