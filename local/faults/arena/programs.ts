import { join } from 'node:path';
import { searchKey } from '@eduplatform/contracts/search-key';
import { freePort } from '../../platform/ports.ts';
import { checkReady, nodeProgram } from '../../supervisor/parts/node-program.ts';
import type { SearchServer } from './servers.ts';
import { ServerProcess } from './server-process.ts';

/** Where a program finds what it needs. */
export interface Places {
  redisUrl: string;
  searchUrl: string;
  search: SearchServer;
  /** For logs. */
  directory: string;
}

const common = ({ redisUrl, searchUrl, search }: Places): NodeJS.ProcessEnv => ({
  ...{ REDIS_URL: redisUrl, REDIS_PREFIX: 'edu', MEILI_URL: searchUrl, MEILI_URLS: undefined },
  ...{ MEILI_INDEX_PREFIX: search.indexPrefix, OTEL_EXPORTER_OTLP_ENDPOINT: undefined },
  // Nobody needs a token here, and so nobody the keys.
  ...{ WRITE_API_URL: 'http://127.0.0.1:9', RATE_LIMIT_FACTOR: '1000', METRICS_HOST: '127.0.0.1' },
});

/** How long the indexers of a run wait for a task of the search server, in milliseconds. */
export const TASK_TIMEOUT_MS = 8_000;

/** An indexer, to be started; `extra` is added to its environment. */
export async function defineIndexer(
  name: string,
  databaseUrl: string,
  places: Places,
  extra: NodeJS.ProcessEnv = {},
): Promise<ServerProcess> {
  const [port, metrics] = [await freePort(), await freePort()];
  const env = {
    ...{ ...common(places), DATABASE_URL: databaseUrl, MEILI_MASTER_KEY: places.search.masterKey },
    ...{ MEILI_MASTER_KEYS: undefined, INDEXER_SEARCH_TASK_TIMEOUT_MS: String(TASK_TIMEOUT_MS) },
    ...{ INDEXER_HOST: '127.0.0.1', INDEXER_PORT: String(port), INDEXER_METRICS_PORT: String(metrics), ...extra },
  };
  return new ServerProcess({
    ...{ name: `indexer ${name}`, logFile: join(places.directory, `indexer-${name}.log`) },
    spec: nodeProgram({ args: ['indexer/main.ts'], env }),
    check: () => checkReady(`http://127.0.0.1:${port}`),
  });
}

export interface ReadApi {
  url: string;
  process: ServerProcess;
}

/** A read API, to be started. */
export async function defineReadApi(name: string, places: Places): Promise<ReadApi> {
  const [port, metrics] = [await freePort(), await freePort()];
  const { masterKey, indexPrefix } = places.search;
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...{ ...common(places), MEILI_SEARCH_KEY: searchKey(masterKey, 'reader', indexPrefix) },
    ...{ MEILI_SEARCH_KEYS: undefined, DATABASE_URL: undefined, MEILI_MASTER_KEY: undefined },
    ...{ READ_API_HOST: '127.0.0.1', READ_API_PORT: String(port), READ_API_METRICS_PORT: String(metrics) },
  };
  const read = new ServerProcess({
    ...{ name: `read API ${name}`, logFile: join(places.directory, `read-api-${name}.log`) },
    spec: nodeProgram({ args: ['read-api/main.ts'], env }),
    check: () => fetch(`${url}/livez`, { signal: AbortSignal.timeout(1_000) }),
  });
  return { url, process: read };
}
