import { readFile } from 'node:fs/promises';
import { run } from './run.ts';

/** A process that cannot be mistaken for a later one with the same id. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the words of the system; only ever compared. */
  startedAt: string;
}

/** The identity of a running process, or undefined when there is none with this id. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const startedAt = await readStart(pid);
  return startedAt ? { pid, startedAt } : undefined;
}

/** Whether exactly this process still runs (a zombie does not). */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await readStart(identity.pid)) === identity.startedAt;
}

/** The command line of a running process; empty when it cannot be read. */
export async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readOptional(`/proc/${pid}/cmdline`))?.replaceAll('\0', ' ').trim() ?? '';
  }
  if (process.platform === 'win32') {
    return powershell(`(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`);
  }
  return ps('command=', pid);
}

async function readStart(pid: number): Promise<string> {
  if (process.platform === 'linux') return readLinuxStart(pid);
  if (process.platform === 'win32') {
    return powershell(`(Get-Process -Id ${pid} -ErrorAction SilentlyContinue).StartTime.ToFileTimeUtc()`);
  }
  const state = await ps('stat=', pid);
  return state === '' || state.startsWith('Z') ? '' : ps('lstart=', pid);
}

/** Ticks since boot, with the boot's id; fields are counted after the name, which may hold spaces. */
async function readLinuxStart(pid: number): Promise<string> {
  const stat = await readOptional(`/proc/${pid}/stat`);
  if (stat === undefined) return '';
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return '';
  const boot = (await readOptional('/proc/sys/kernel/random/boot_id'))?.trim() ?? '';
  return `${boot}:${ticks}`;
}

async function ps(column: string, pid: number): Promise<string> {
  const { code, output } = await run({ command: 'ps', args: ['-o', column, '-p', String(pid)] });
  return code === 0 ? output.trim() : '';
}

async function powershell(script: string): Promise<string> {
  const { code, output } = await run({ command: 'powershell.exe', args: ['-NoProfile', '-Command', script] });
  return code === 0 ? output.trim() : '';
}

async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // ESRCH: it ended while its file was being read.
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined;
    throw error;
  }
}
