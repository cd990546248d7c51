import type { LaunchSpec } from '../../platform/launch.ts';
import { repositoryRoot } from '../../platform/paths.ts';

const guard = new URL('../orphan-guard.ts', import.meta.url).href;

/** Adds the guard that ends a Node program with an IPC channel when the supervisor is gone. */
export function guarded(spec: LaunchSpec): LaunchSpec {
  return spec.ipc ? { ...spec, args: ['--import', guard, ...spec.args] } : spec;
}

export interface NodeProgram {
  /** Path of the program and its arguments, relative to `cwd`. */
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** Restarts it when a file that it imports changes. */
  watch?: boolean;
}

/** A Node program of the stack with tracing, an IPC channel and the guard. */
export function nodeProgram({ args, env, cwd = repositoryRoot, watch = false }: NodeProgram): LaunchSpec {
  const flags = [...(watch ? ['--watch', '--watch-preserve-output'] : [])];
  const program = [...flags, '--import', '@eduplatform/observability/register', ...args];
  return guarded({ command: process.execPath, args: program, cwd, ipc: true, ownGroup: true, env });
}

/** Rejects unless the service answers GET /readyz with 200. */
export async function checkReady(url: string): Promise<true> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3_000) });
  const body = await response.text();
  if (!response.ok) throw new Error(`GET ${url}/readyz answered ${response.status}: ${body.slice(0, 300)}`);
  return true;
}
