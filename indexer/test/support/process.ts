import { onTestFinished } from 'vitest';
import { endChild, launch } from '@eduplatform/local/platform/launch';
import { repositoryRoot } from '@eduplatform/local/platform/paths';
import { eventually, freePort } from '@eduplatform/local/testing/context';
import type { IndexerConfig } from '../../indexer.ts';

/** The indexer as it ships, in a process of its own; resolves when it is ready, and is ended when the test ends. */
export async function startIndexerProcess(
  { databaseUrl, redis, search }: IndexerConfig,
  extra: NodeJS.ProcessEnv,
): Promise<{ url: string; metricsUrl: string; stop(): Promise<number | null> }> {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const spec = {
    command: process.execPath,
    args: ['--import', '@eduplatform/observability/register', 'indexer/main.ts'],
    cwd: repositoryRoot,
    ipc: true,
    env: {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      REDIS_PREFIX: redis.prefix,
      MEILI_URL: search.url,
      MEILI_MASTER_KEY: search.masterKey,
      MEILI_INDEX_PREFIX: search.indexPrefix,
      INDEXER_PORT: String(port),
      INDEXER_METRICS_PORT: String(metricsPort),
      ...extra,
    },
  };
  const child = launch(spec);
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString('utf8'));
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  onTestFinished(() => endChild(child, spec));
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    async () => {
      if (child.exitCode !== null) return true;
      return (await fetch(`${url}/readyz`)).ok;
    },
    { timeoutMs: 40_000 },
  );
  if (child.exitCode !== null) throw new Error(`the indexer ended:\n${output}`);
  return {
    url,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    async stop() {
      await endChild(child, spec);
      return child.exitCode;
    },
  };
}
