import { createHmac, randomBytes } from 'node:crypto';
import { SEARCH_KEY_UIDS } from '@eduplatform/contracts/search-index';

/** The secrets of a compose installation, made once and kept in a volume. */
export interface ComposeSecrets {
  postgresPassword: string;
  meiliMasterKey: string;
}

export const newSecrets = (): ComposeSecrets => ({
  postgresPassword: randomBytes(24).toString('hex'),
  meiliMasterKey: randomBytes(24).toString('hex'),
});

/**
 * Files of the secrets volume: single values for images that read a file, and one environment file per service of ours
 * with no more than that service needs.
 */
export function secretFiles({ postgresPassword, meiliMasterKey }: ComposeSecrets): Record<string, string> {
  const DATABASE_URL = `postgres://eduplatform:${postgresPassword}@postgres:5432/eduplatform`;
  const readerKey = createHmac('sha256', meiliMasterKey).update(SEARCH_KEY_UIDS.reader).digest('hex');
  return {
    'postgres-password': postgresPassword,
    'meili-master-key': meiliMasterKey,
    'prepare.env': environmentFile({ DATABASE_URL }),
    'write-api.env': environmentFile({ DATABASE_URL }),
    'indexer.env': environmentFile({ DATABASE_URL, MEILI_MASTER_KEY: meiliMasterKey }),
    'read-api.env': environmentFile({ MEILI_SEARCH_KEY: readerKey }),
  };
}

const environmentFile = (variables: Record<string, string>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
