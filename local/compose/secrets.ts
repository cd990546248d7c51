import { randomBytes } from 'node:crypto';
import { searchKey } from '@eduplatform/contracts/search-key';

/** The secrets of a compose installation, made once and kept in a volume that only their maker mounts. */
export interface ComposeSecrets {
  postgresPassword: string;
  meiliMasterKey: string;
}

export const newSecrets = (): ComposeSecrets => ({
  postgresPassword: randomBytes(24).toString('hex'),
  meiliMasterKey: randomBytes(24).toString('hex'),
});

/**
 * Files with secrets, by path. The first folder is the service: it gets a volume with these files and no others. Images
 * that read a file get single values, services of ours an environment file with no more than they need.
 */
export function secretFiles({ postgresPassword, meiliMasterKey }: ComposeSecrets): Record<string, string> {
  const DATABASE_URL = `postgres://eduplatform:${postgresPassword}@postgres:5432/eduplatform`;
  return {
    'postgres/postgres-password': postgresPassword,
    'meilisearch/meili-master-key': meiliMasterKey,
    'prepare/prepare.env': environmentFile({ DATABASE_URL }),
    'write-api/write-api.env': environmentFile({ DATABASE_URL }),
    'indexer/indexer.env': environmentFile({ DATABASE_URL, MEILI_MASTER_KEY: meiliMasterKey }),
    'read-api/read-api.env': environmentFile({ MEILI_SEARCH_KEY: searchKey(meiliMasterKey, 'reader') }),
  };
}

const environmentFile = (variables: Record<string, string>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
