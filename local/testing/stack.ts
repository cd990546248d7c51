import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { endChild, hasExited, launch, type LaunchSpec } from '../platform/launch.ts';
import { repositoryRoot } from '../platform/paths.ts';
import { freePort } from '../platform/ports.ts';
import { eventually } from '../platform/wait.ts';
import { findInstance } from '../supervisor/instance.ts';
import { readStack, type ServiceName, type Stack, type StackService } from '../supervisor/stack-file.ts';

/** A whole stack of its own for tests and benches: as `npm start`, on free ports and in a temporary state folder. */
export interface TestStack {
  stateDirectory: string;
  /** The environment it was started with, for commands that are to find it. */
  env: NodeJS.ProcessEnv;
  /** What it has printed so far. */
  output(): string;
  /** Starts it again (after `stop` or `kill`) and waits until it is ready. */
  start(): Promise<void>;
  /** Starts a second supervisor in the same state folder and waits for its end. */
  startAnother(extra?: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }>;
  stack(): Promise<Stack>;
  service(name: ServiceName): Promise<StackService>;
  /** Id of the supervisor's process. */
  pid(): number;
  stop(): Promise<number | null>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

const READY_WITHIN_MS = 240_000;
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
  'MEILI_SEARCH_KEY',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'SIGNING_KEYS_FILE',
  'EDU_MODE',
  'PAYMENT_PROVIDER',
];

/** Prepares a stack; call `start()`. `env` is added to its environment, `args` are those of `npm start`. */
export async function createTestStack(env: NodeJS.ProcessEnv = {}, args: string[] = []): Promise<TestStack> {
  const directory = await mkdtemp(join(tmpdir(), 'eduplatform-stack-'));
  // Postgres may run as another user, who must get through.
  await chmod(directory, 0o711);
  const stateDirectory = join(directory, 'state');
  const ownServers = Object.fromEntries(NOT_INHERITED.map((name) => [name, undefined]));
  const environment = { ...ownServers, ...(await freePorts()), ...env, EDU_STATE_DIR: stateDirectory };
  const spec: LaunchSpec = {
    command: process.execPath,
    args: [join(repositoryRoot, 'local', 'commands', 'start.ts'), ...args],
    cwd: repositoryRoot,
    env: environment,
    ipc: true,
    ownGroup: true,
  };
  let child: ChildProcess | undefined;
  let output = '';

  const run = (extra: NodeJS.ProcessEnv, onOutput: (text: string) => void) => {
    const started = launch({ ...spec, env: { ...environment, ...extra } });
    started.stdout?.on('data', (chunk: Buffer) => onOutput(chunk.toString('utf8')));
    started.stderr?.on('data', (chunk: Buffer) => onOutput(chunk.toString('utf8')));
    return started;
  };
  const stack = async () => {
    const found = await readStack(stateDirectory);
    if (!found) throw new Error(`the stack does not run:\n${output}`);
    return found;
  };

  const stackUnderTest: TestStack = {
    stateDirectory,
    env: environment,
    output: () => output,
    stack,
    pid: () => child?.pid ?? 0,
    async start() {
      output = '';
      const started = run({}, (text) => {
        output += text;
      });
      child = started;
      const isOurs = async () => (await findInstance(stateDirectory))?.pid === started.pid;
      const ready = async () => hasExited(started) || ((await isOurs()) && (await stack()).state === 'ready');
      await eventually(ready, { timeoutMs: READY_WITHIN_MS, intervalMs: 100 });
      if (hasExited(started)) throw new Error(`the stack ended with code ${started.exitCode}:\n${output}`);
    },
    async startAnother(extra = {}) {
      let text = '';
      const another = run(extra, (chunk) => {
        text += chunk;
      });
      await once(another, 'close');
      return { code: another.exitCode, output: text };
    },
    async service(name) {
      const service = (await stack()).services[name];
      if (!service) throw new Error(`${name} is not part of the stack`);
      return service;
    },
    async stop() {
      if (!child) return null;
      await endChild(child, spec, 60_000);
      return child.exitCode;
    },
    async remove() {
      await stackUnderTest.stop();
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return stackUnderTest;
}

async function freePorts(): Promise<Record<string, string>> {
  const ports = new Set<number>();
  while (ports.size < PORTS.length) ports.add(await freePort());
  return Object.fromEntries([...ports].map((port, index) => [PORTS[index] ?? '', String(port)]));
}
