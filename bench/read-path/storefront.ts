import { join } from 'node:path';
import { freePort } from '@eduplatform/local/platform/ports';
import { buildWeb } from '@eduplatform/local/supervisor/build-web';
import { checkReady, nodeProgram } from '@eduplatform/local/supervisor/parts/node-program';
import { pinned } from '../pinning.ts';
import type { Arena, Contender } from './contenders.ts';

const READY_WITHIN_MS = 60_000;

/** Builds the storefront, unless that was done, and starts it on a read API. `say` is told what takes its time. */
export async function startStorefront(
  { stack, servers, place = 'server' }: Arena,
  readApiUrl: string,
  say: (line: string) => void,
  { name = 'storefront', env = {} }: { name?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Contender> {
  await buildWeb((note) => say(`storefront: ${note}`), new AbortController().signal);
  const [port, metricsPort] = await Promise.all([freePort(), freePort()]);
  const program = nodeProgram({
    args: [join('web', 'server.mjs')],
    env: {
      NODE_ENV: 'production',
      EDU_MODE: 'demo',
      WEB_HOST: '127.0.0.1',
      WEB_PORT: String(port),
      WEB_METRICS_PORT: String(metricsPort),
      READ_API_URL: readApiUrl,
      WRITE_API_URL: servers.writeApiUrl,
      OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
      DATABASE_URL: undefined,
      WEB_CONCURRENCY: '1',
      ...env,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const { child, stop } = await stack.start(name, pinned(program, place), () => checkReady(url), READY_WITHIN_MS);
  return { name, url, pid: child.pid, stop };
}
