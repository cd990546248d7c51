import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { eventually } from './wait.ts';

/** Replaces a file in one step: a reader sees the old text or the new, never a part. */
export async function writeAtomically(path: string, text: string, mode = 0o644): Promise<void> {
  const partial = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(partial, text, { mode });
  try {
    // On Windows a reader that has the old file open makes the rename fail for a moment.
    await eventually(() => rename(partial, path).then(() => true), { timeoutMs: 2_000, intervalMs: 20 });
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
