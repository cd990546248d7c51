/** `npm run openapi`: writes the OpenAPI 3.1 documents of the APIs; `--check` fails when a committed one differs. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createPool } from '@eduplatform/db/pool';
import { buildApp as buildIndexer } from '@eduplatform/indexer/app';
import { LagHistory } from '@eduplatform/indexer/run/lag-history';
import { openApiDocument } from '@eduplatform/http-kit/openapi';
import type { App } from '@eduplatform/http-kit/server';
import { createLogger } from '@eduplatform/observability/logger';
import { buildApp as buildReadApi } from '@eduplatform/read-api/app';
import { createReadModel } from '@eduplatform/read-api/read-model/read-model';
import { createSearchEngine } from '@eduplatform/read-api/search/engine';
import { buildApp as buildWriteApi } from '@eduplatform/write-api/app';
import { generateSigningKeys } from '@eduplatform/write-api/auth/signing-keys';
import { repositoryRoot } from '../platform/paths.ts';
import { writeOrCheck } from './committed-file.ts';

const logger = createLogger('openapi', 'silent');
// Nothing connects before its first request, and there is none.
const nowhere = { url: 'redis://127.0.0.1:9', prefix: 'openapi', logger };

const readModel = createReadModel(nowhere);
const readApi = await buildReadApi({
  logger,
  readModel,
  searchEngine: createSearchEngine({
    servers: [{ name: 'search', url: 'http://127.0.0.1:9', key: '' }],
    indexPrefix: '',
    readModel,
    logger,
  }),
});
const pool = createPool({ connectionString: 'postgres://127.0.0.1:9/none', applicationName: 'openapi' });
const writeApi = await buildWriteApi({
  config: { EDU_MODE: 'demo' },
  pool,
  notifier: { wake() {} },
  signingKeys: generateSigningKeys(),
  logger,
});

const indexerApp = await buildIndexer({
  logger,
  keys: { find: async () => undefined },
  pool,
  indexer: { epoch: () => null, sinks: () => [], history: new LagHistory() },
  readQueues: async () => new Map(),
  places: {
    redis: nowhere,
    search: { url: 'http://127.0.0.1:9', masterKey: '', indexPrefix: '' },
    readApiUrl: 'http://127.0.0.1:9',
  },
});

const folder = join(repositoryRoot, 'docs', 'openapi');
await mkdir(folder, { recursive: true });
await write('read-api', readApi);
await write('write-api', writeApi);
await write('indexer', indexerApp);
await pool.end();
await readModel.stop();

async function write(name: string, app: App): Promise<void> {
  await app.ready();
  await writeOrCheck(
    join(folder, `${name}.json`),
    `${JSON.stringify(openApiDocument(app), null, 2)}\n`,
    'npm run openapi',
  );
  await app.close();
}
