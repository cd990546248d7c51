import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Everything needed to start one process. */
export interface LaunchSpec {
  command: string;
  args: string[];
  /** Added to the environment of this process; undefined removes a variable. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** User and group to run as (only root can choose). */
  uid?: number;
  gid?: number;
  /** Ends it gracefully; default SIGTERM. Where the process has an IPC channel, the message "shutdown" goes first. */
  stopSignal?: NodeJS.Signals;
  /** Opens an IPC channel (Node programs only). */
  ipc?: boolean;
  /** Keeps the terminal's Ctrl-C away from the process: only its owner ends it, in the right order. */
  ownGroup?: boolean;
}

/** Starts the process; its stdout and stderr are pipes, its stdin is closed. */
export function launch(spec: LaunchSpec): ChildProcess {
  return spawn(spec.command, spec.args, {
    env: { ...process.env, ...spec.env },
    stdio: ['ignore', 'pipe', 'pipe', ...(spec.ipc ? (['ipc'] as const) : [])],
    windowsHide: true,
    // On Windows this would open a console window.
    detached: spec.ownGroup === true && process.platform !== 'win32',
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    ...(spec.gid === undefined ? {} : { gid: spec.gid }),
  });
}

export function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** Asks the process to end (by message, then by signal) and kills it when it has not within `graceMs`. */
export async function endChild(child: ChildProcess, spec: LaunchSpec, graceMs = 15_000): Promise<void> {
  if (hasExited(child)) return;
  const exited = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  if (child.connected) child.send('shutdown', ignoreClosedChannel);
  // On Windows a signal ends a process at once, so there a process that took the message is left to itself.
  if (!child.connected || process.platform !== 'win32') child.kill(spec.stopSignal ?? 'SIGTERM');
  await exited;
  clearTimeout(timer);
}

function ignoreClosedChannel(): void {
  // The process ended between the check and the message: that is what was asked for.
}
