import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../platform/write-atomically.ts';

export interface StackSecrets {
  postgresPassword: string;
  meiliMasterKey: string;
}

/** The secrets of this installation: made on the first start, readable by the owner only. */
export async function loadSecrets(stateDirectory: string): Promise<StackSecrets> {
  const file = join(stateDirectory, 'secrets.json');
  const kept = await readSecrets(file);
  const secrets = {
    postgresPassword: kept.postgresPassword ?? randomBytes(24).toString('hex'),
    meiliMasterKey: kept.meiliMasterKey ?? randomBytes(24).toString('hex'),
  };
  await writeAtomically(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  return secrets;
}

async function readSecrets(file: string): Promise<Partial<StackSecrets>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Partial<StackSecrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${file} cannot be read (${String(error)}); npm run reset starts afresh`, { cause: error });
  }
}
