import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const web = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

/** Milliseconds of the latest change below a path; generated messages aside. */
async function changedAt(path: string): Promise<number> {
  const info = await stat(path);
  if (!info.isDirectory()) return info.mtimeMs;
  const entries = (await readdir(path)).filter((name) => name !== 'paraglide');
  const times = await Promise.all(entries.map((name) => changedAt(join(path, name))));
  return Math.max(0, ...times);
}

/** Builds the storefront, unless the build at hand is newer than everything it is made of. */
export async function ensureBuilt(): Promise<void> {
  const built = join(web, 'build', 'handler.js');
  const sources = await Promise.all(
    ['src', 'messages', 'static', 'vite.config.ts'].map((name) => changedAt(join(web, name))),
  );
  if (existsSync(built) && (await changedAt(built)) > Math.max(...sources)) return;
  const vite = createRequire(import.meta.url)
    .resolve('vite/package.json')
    .replace('package.json', 'bin/vite.js');
  await run(process.execPath, [vite, 'build'], { cwd: web, maxBuffer: 16 * 1024 * 1024 });
}

export interface Storefront {
  url: string;
  metricsUrl: string;
  /** Asks the process to stop, as the supervisor does, and waits for its exit code. */
  stop(): Promise<number | null>;
}

/** The process that ships, on free ports, reading from and writing to one API. */
export async function startStorefront(apiUrl: string, env: NodeJS.ProcessEnv = {}): Promise<Storefront> {
  const child = spawn(process.execPath, ['--import', '@eduplatform/observability/register', 'server.mjs'], {
    cwd: web,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      EDU_MODE: 'demo',
      WEB_HOST: '127.0.0.1',
      WEB_PORT: '0',
      WEB_METRICS_PORT: '0',
      METRICS_HOST: '127.0.0.1',
      READ_API_URL: apiUrl,
      WRITE_API_URL: apiUrl,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const { port, metrics } = await listening(child);
  return {
    url: `http://127.0.0.1:${port}`,
    metricsUrl: metrics,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      child.send('shutdown');
      await once(child, 'exit');
      return child.exitCode;
    },
  };
}

async function listening(child: ChildProcess): Promise<{ port: number; metrics: string }> {
  if (!child.stdout) throw new Error('the storefront has no output');
  let metrics: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const entry = JSON.parse(line) as { msg: string; address?: { port: number }; metrics?: string };
    metrics ??= entry.metrics;
    if (entry.msg === 'listening' && entry.address && metrics) {
      child.stdout.resume();
      return { port: entry.address.port, metrics };
    }
  }
  throw new Error(`the storefront ended before it listened (exit code ${child.exitCode})`);
}
