import { readdir } from 'node:fs/promises';
import { identify, isRunning, type ProcessIdentity } from '../../platform/process-identity.ts';
import { run } from '../../platform/run.ts';
import { eventually } from '../../platform/wait.ts';
import type { ServiceName } from '../../supervisor/stack-file.ts';
import type { TestStack } from '../../testing/stack.ts';

export const RECOVERY_MS = 90_000;

/** The process of a service, as stack.json names it. */
export async function processOf(stack: TestStack, name: ServiceName): Promise<ProcessIdentity> {
  const { pid } = await stack.service(name);
  const identity = pid === undefined ? undefined : await identify(pid);
  if (!identity) throw new Error(`${name} has no process`);
  return identity;
}

/** The supervisor and all processes below it. */
export async function allProcesses(stack: TestStack): Promise<ProcessIdentity[]> {
  const found = await Promise.all([stack.pid(), ...(await descendants(stack.pid()))].map(identify));
  return found.filter((identity) => identity !== undefined);
}

/** Ids of the processes below one, on systems that have ps. */
export async function descendants(pid: number): Promise<number[]> {
  const { output } = await run({ command: 'ps', args: ['-Ao', 'pid=,ppid='] });
  const pairs = output
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] =>
    pairs.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

export async function gone(processes: ProcessIdentity[]): Promise<true> {
  const running = await Promise.all(processes.map(isRunning));
  const left = processes.filter((_, index) => running[index]).map(({ pid }) => pid);
  if (left.length > 0) throw new Error(`still running: ${left.join(', ')}`);
  return true;
}

/** Waits until the service has another process than `before` and says that it is ready. */
export async function restarted(stack: TestStack, name: ServiceName, before: ProcessIdentity): Promise<void> {
  const back = async () =>
    (await stack.service(name)).pid !== before.pid && (await processOf(stack, name)) !== undefined;
  await eventually(back, { timeoutMs: RECOVERY_MS, intervalMs: 100 });
}

/** Waits until the service answers GET `path` with 200, and returns the body. */
export async function answers(stack: TestStack, name: ServiceName, path: string): Promise<string> {
  const { url } = await stack.service(name);
  const get = async () => {
    const response = await fetch(url + path, { signal: AbortSignal.timeout(10_000) });
    const body = await response.text();
    if (response.status !== 200) throw new Error(`GET ${path} answered ${response.status}: ${body.slice(0, 200)}`);
    return body;
  };
  return eventually(get, { timeoutMs: RECOVERY_MS, intervalMs: 200 });
}

/** Status of one GET, without a second try. */
export async function statusOf(stack: TestStack, path: string): Promise<number> {
  const { url } = await stack.service('web');
  const response = await fetch(url + path, { signal: AbortSignal.timeout(10_000) });
  await response.body?.cancel();
  return response.status;
}

export async function fileNames(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}
