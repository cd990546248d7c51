import { readdir, readFile } from 'node:fs/promises';
import { freePort } from '@eduplatform/local/platform/ports';
import { checkReady, nodeProgram } from '@eduplatform/local/supervisor/parts/node-program';
import { repositoryRoot } from '@eduplatform/local/platform/paths';
import type { Stack, Started } from '../stack.ts';

export interface IndexerSettings {
  databaseUrl: string;
  redisUrl: string;
  prefix: string;
  search: { url: string; masterKey: string };
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
      REDIS_URL: redisUrl,
      REDIS_PREFIX: prefix,
      MEILI_URL: search.url,
      MEILI_MASTER_KEY: search.masterKey,
      MEILI_INDEX_PREFIX: `${prefix}_`,
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
  return stack.start('Indexer', program, isUp);
}

/** Resident memory of a process in bytes; null where the system does not tell. */
export async function residentBytes(pid: number | undefined): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const found = /^VmRSS:\s+(\d+) kB/m.exec(status);
  return found ? Number(found[1]) * 1024 : null;
}

/** Ticks of the system clock by which Linux counts. */
const TICKS_PER_SECOND = 100;

/** Seconds of CPU that a process and those it started have used; 0 where the system does not tell. */
export async function cpuSeconds(pid: number | undefined): Promise<number> {
  const folders = await readdir('/proc').catch(() => []);
  const stats = await Promise.all(folders.filter((name) => /^\d+$/.test(name)).map(readStat));
  return stats.reduce((all, stat) => (stat && (stat.pid === pid || stat.parent === pid) ? all + stat.seconds : all), 0);
}

async function readStat(pid: string): Promise<{ pid: number; parent: number; seconds: number } | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name may hold spaces; it ends with the last parenthesis.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent] = fields;
  if (parent === undefined) return null;
  return { pid: Number(pid), parent, seconds: ((fields[11] ?? 0) + (fields[12] ?? 0)) / TICKS_PER_SECOND };
}
