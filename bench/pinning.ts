import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { LaunchSpec } from '@eduplatform/local/platform/launch';
import { which } from '@eduplatform/local/platform/which';
import type { Stack } from './stack.ts';
import { withChildren } from './usage.ts';

/**
 * What shares a core with what: the server that is measured has one for itself, the load generator the last one, and
 * everything else (databases, the search engine, the other services) all but the server's. `anywhere` is for what is
 * measured as a whole.
 */
export type Place = 'server' | 'generator' | 'others' | 'anywhere';

const coresOf = (place: Place, count: number): string => {
  if (place === 'anywhere') return `0-${count - 1}`;
  if (place === 'server') return '0';
  if (place === 'generator') return String(count - 1);
  return count > 2 ? `1-${count - 2}` : '1';
};

/** Whether processes can be kept on cores: Linux with `taskset`, and at least two of them. */
export const canPin = (): boolean => which('taskset') !== undefined && availableParallelism() > 1;

/** The program, kept on the cores of its place where that can be done. */
export function pinned(spec: LaunchSpec, place: Place): LaunchSpec {
  const taskset = which('taskset');
  if (!taskset || !canPin()) return spec;
  const cores = coresOf(place, availableParallelism());
  return { ...spec, command: taskset, args: ['-c', cores, spec.command, ...spec.args] };
}

/** The same stack, whose processes are kept on the cores of a place. */
export const placed = (stack: Stack, place: Place): Stack => ({
  ...stack,
  start: (name, spec, check, timeoutMs) => stack.start(name, pinned(spec, place), check, timeoutMs),
});

/** Moves running processes, with their threads and children, to the cores of a place where that can be done. */
export async function moveTo(place: Place, pids: readonly (number | undefined)[]): Promise<void> {
  const taskset = which('taskset');
  if (!taskset || !canPin()) return;
  const cores = coresOf(place, availableParallelism());
  for (const pid of await withChildren(pids.filter((one) => one !== undefined))) {
    await promisify(execFile)(taskset, ['-a', '-c', '-p', cores, String(pid)]);
  }
}

/** One sentence for the report. */
export const describePinning = (): string => {
  const count = availableParallelism();
  return canPin()
    ? `The server that is measured has core 0 for itself; the load generator runs on core ${coresOf('generator', count)}, databases and everything else on ${coresOf('others', count)}.`
    : 'Nothing is kept on a core (that takes Linux with taskset and two cores): the load generator competes with what it measures.';
};
