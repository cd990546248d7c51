import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { endChild, hasExited, launch } from '@eduplatform/local/platform/launch';
import { repositoryRoot } from '@eduplatform/local/platform/paths';
import { freePort } from '@eduplatform/local/platform/ports';
import { eventually } from '@eduplatform/local/platform/wait';
import { readStack } from '@eduplatform/local/supervisor/stack-file';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the storefront is, without a slash at the end. */
    baseUrl: string;
  }
}

const START_TIMEOUT_MS = 300_000;
const PORTS = [
  'WEB_PORT',
  'READ_API_PORT',
  'WRITE_API_PORT',
  'INDEXER_PORT',
  'WEB_METRICS_PORT',
  'READ_API_METRICS_PORT',
  'WRITE_API_METRICS_PORT',
  'INDEXER_METRICS_PORT',
  'POSTGRES_PORT',
  'REDIS_PORT',
  'SEARCH_PORT',
  'TRACES_PORT',
];
/** Servers of the developer's own must not get the data of tests. */
const NOT_INHERITED = [
  'DATABASE_URL',
  'REDIS_URL',
  'MEILI_URL',
  'MEILI_MASTER_KEY',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'EDU_MODE',
];

/** Starts a stack of the tests' own and ends it afterwards, or uses the storefront at E2E_BASE_URL. */
export default async function startStack(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.E2E_BASE_URL;
  if (given) {
    project.provide('baseUrl', given.replace(/\/+$/, ''));
    return async () => undefined;
  }
  const directory = await mkdtemp(join(tmpdir(), 'eduplatform-e2e-'));
  const state = join(directory, 'state');
  const log = join(directory, 'start.log');
  const spec = {
    command: process.execPath,
    args: [join(repositoryRoot, 'local', 'commands', 'start.ts')],
    env: {
      ...(await freePorts()),
      ...Object.fromEntries(NOT_INHERITED.map((name) => [name, undefined])),
      EDU_STATE_DIR: state,
    },
    cwd: repositoryRoot,
    ipc: true,
  };
  const child = launch(spec);
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString('utf8');
    void appendFile(log, chunk);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const stop = async () => {
    await endChild(child, spec, 45_000);
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const url = await eventually(
      async () => {
        if (hasExited(child)) return null;
        const stack = await readStack(state);
        return stack?.state === 'ready' ? stack.services.web?.url : undefined;
      },
      { timeoutMs: START_TIMEOUT_MS, intervalMs: 200 },
    );
    if (url === null) throw new Error('it ended at once');
    project.provide('baseUrl', url);
    return stop;
  } catch (error) {
    await stop();
    throw new Error(`the stack for the browser tests did not start: ${String(error)}\n${output}`, { cause: error });
  }
}

/** A free port for each part. They are all taken before any is used, so no two are the same. */
async function freePorts(): Promise<Record<string, string>> {
  const ports = new Set<number>();
  while (ports.size < PORTS.length) ports.add(await freePort());
  return Object.fromEntries([...ports].map((port, index) => [PORTS[index] ?? '', String(port)]));
}
