import { fileURLToPath } from 'node:url';
import type { LaunchSpec } from '../platform/launch.ts';
import { which } from '../platform/which.ts';

export interface SearchOptions {
  directory: string;
  port: number;
  masterKey: string;
}

export interface SearchProgram {
  kind: 'native' | 'built-in';
  description: string;
  command?: string;
}

/** meilisearch on PATH, else the embedded engine. */
export function chooseSearch(): SearchProgram {
  const command = which('meilisearch');
  return command
    ? { kind: 'native', description: command, command }
    : { kind: 'built-in', description: 'embedded engine' };
}

export function searchUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** How to start the server; it listens on 127.0.0.1 only. */
export function searchSpec(program: SearchProgram, { directory, port, masterKey }: SearchOptions): LaunchSpec {
  if (program.command) {
    const args = ['--no-analytics', '--http-addr', `127.0.0.1:${port}`, '--db-path', directory];
    // Without the limit on memory every small update costs most of a second on a large machine.
    const memory = process.env.MEILI_MAX_INDEXING_MEMORY ?? '1GiB';
    const env = { MEILI_MASTER_KEY: masterKey, MEILI_MAX_INDEXING_MEMORY: memory, MEILI_ENV: 'production' };
    return { command: program.command, args, env, ownGroup: true };
  }
  const main = fileURLToPath(new URL('../search-engine/main.ts', import.meta.url));
  const env = {
    SEARCH_ENGINE_DATA_DIR: directory,
    SEARCH_ENGINE_HOST: '127.0.0.1',
    SEARCH_ENGINE_PORT: String(port),
    MEILI_MASTER_KEY: masterKey,
  };
  return { command: process.execPath, args: [main], env, ipc: true, ownGroup: true };
}

/** @throws while the server is down or still loading its data. */
export async function checkSearch(url: string): Promise<true> {
  const response = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`GET /health answered ${response.status}`);
  return true;
}
