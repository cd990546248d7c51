import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the checkout. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Folder of everything the local stack keeps: `EDU_STATE_DIR`, else `.local` in the checkout. */
export function stateDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(repositoryRoot, env.EDU_STATE_DIR ?? '.local');
}
