/** `npm run schema`: writes db/schema.sql from a freshly migrated database; `--check` fails when it differs. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dumpSchema } from '@eduplatform/db/dump-schema';
import { migrate } from '@eduplatform/db/migrate';
import { repositoryRoot } from '../platform/paths.ts';
import { withPostgres } from '../servers/postgres.ts';
import { startTestPostgres } from '../testing/servers.ts';
import { writeOrCheck } from './committed-file.ts';

const directory = await mkdtemp(join(tmpdir(), 'eduplatform-schema-'));
// Postgres may run as another user, who must get through.
await chmod(directory, 0o711);
const postgres = await startTestPostgres(join(directory, 'postgres'));
try {
  await migrate(postgres.url);
  const sql = await withPostgres(postgres.url, dumpSchema);
  await writeOrCheck(join(repositoryRoot, 'db', 'schema.sql'), sql, 'npm run schema');
} finally {
  await postgres.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}
