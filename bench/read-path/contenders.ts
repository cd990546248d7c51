import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@eduplatform/local/platform/ports';
import { checkReady, nodeProgram } from '@eduplatform/local/supervisor/parts/node-program';
import type { BaselineOwner } from '../baselines/kinds.ts';
import type { Servers } from '../freshness/servers.ts';
import { pinned, type Place } from '../pinning.ts';
import { readModelEnv } from '../read-models.ts';
import type { Stack } from '../stack.ts';

/** A server that answers requests, in a process of its own. */
export interface Contender {
  name: string;
  /** Origin. */
  url: string;
  pid: number | undefined;
  /** Where it says what it has counted. */
  metricsUrl?: string;
  stop(): Promise<void>;
}

/** Everything that contenders are started with. */
export interface Arena {
  stack: Stack;
  servers: Servers;
  /** OTLP endpoint of a collector. */
  tracesUrl: string;
  /** Whose databases the baselines have. */
  baselines?: BaselineOwner;
  /** Where read APIs and storefronts run; the server's core unless told. */
  place?: Place;
}

/** A load generator asks for as much as a whole country. */
const RATE_LIMIT_FACTOR = 100_000;
/** Production samples one trace in a hundred. */
const TRACED = 0.01;

const programOf = (name: string): string => fileURLToPath(new URL(`contenders/${name}.ts`, import.meta.url));

export async function startHello({ stack }: Arena): Promise<Contender> {
  const port = String(await freePort());
  const spec = {
    command: process.execPath,
    args: [programOf('hello')],
    env: { PORT: port },
    ipc: true,
    ownGroup: true,
  };
  const url = `http://127.0.0.1:${port}`;
  const answers = async (): Promise<true> => {
    await fetch(url);
    return true;
  };
  const { child, stop } = await stack.start('hello', pinned(spec, 'server'), answers);
  return { name: 'hello', url, pid: child.pid, stop };
}

/** How a read API differs from the one that is shipped, at the production setting of one trace in a hundred. */
export interface ReadApiVariant {
  /** Share of requests that are traced; 0: tracing is not installed. */
  traced?: number;
  /** Programs of `contenders/` that are loaded before it. */
  preloads?: ('every-answer-parsed' | 'without-metrics' | 'profiled')[];
  env?: NodeJS.ProcessEnv;
}

/** The read API with all that it has in production, on the arena's read models. */
export async function startReadApi(
  { stack, servers, tracesUrl, place = 'server' }: Arena,
  name: string,
  { traced = TRACED, preloads = [], env = {} }: ReadApiVariant = {},
): Promise<Contender> {
  const [port, metricsPort] = await Promise.all([freePort(), freePort()]);
  const program = nodeProgram({
    args: [...preloads.flatMap((preload) => ['--import', programOf(preload)]), join('read-api', 'main.ts')],
    env: {
      NODE_ENV: 'production',
      EDU_MODE: 'demo',
      DATABASE_URL: undefined,
      WEB_CONCURRENCY: '1',
      ...readModelEnv(servers),
      MEILI_SEARCH_KEY: servers.search.readerKey,
      WRITE_API_URL: servers.writeApiUrl,
      READ_API_PORT: String(port),
      READ_API_METRICS_PORT: String(metricsPort),
      RATE_LIMIT_FACTOR: String(RATE_LIMIT_FACTOR),
      OTEL_EXPORTER_OTLP_ENDPOINT: traced > 0 ? tracesUrl : undefined,
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: String(traced),
      ...env,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const { child, stop } = await stack.start(name, pinned(program, place), () => checkReady(url));
  return { name, url, pid: child.pid, metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`, stop };
}
