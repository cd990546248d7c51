import { freePort } from '@eduplatform/local/platform/ports';
import { checkReady, nodeProgram } from '@eduplatform/local/supervisor/parts/node-program';
import { repositoryRoot } from '@eduplatform/local/platform/paths';
import { INDEXED_WITHIN_MS } from '../freshness/servers.ts';
import { readModelEnv } from '../read-models.ts';
import type { SearchSpace } from '../remove-indexes.ts';
import type { Stack, Started } from '../stack.ts';

export interface IndexerSettings {
  databaseUrl: string;
  redisUrl: string;
  /** In Redis. */
  prefix: string;
  search: SearchSpace;
  /** Wait until it is ready; false for one that stands by. */
  waits?: boolean;
}

/** The indexer as it ships, in a process of its own. `INDEXER_ROOT` names another checkout to compare with. */
export async function startIndexer(stack: Stack, settings: IndexerSettings): Promise<Started> {
  const [port, metricsPort] = await Promise.all([freePort(), freePort()]);
  const { databaseUrl, redisUrl, prefix, search, waits = true } = settings;
  const program = nodeProgram({
    args: ['indexer/main.ts'],
    cwd: process.env.INDEXER_ROOT ?? repositoryRoot,
    env: {
      EDU_MODE: 'demo',
      DATABASE_URL: databaseUrl,
      ...readModelEnv({ redisUrl, redisPrefix: prefix, search }),
      MEILI_MASTER_KEY: search.masterKey,
      INDEXER_PORT: String(port),
      INDEXER_METRICS_PORT: String(metricsPort),
      OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const isUp = async (): Promise<true> => {
    await (waits ? checkReady(url) : fetch(`${url}/livez`));
    return true;
  };
  return stack.start('Indexer', program, isUp, INDEXED_WITHIN_MS);
}
