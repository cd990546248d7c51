import { readdir, readFile } from 'node:fs/promises';

/** Resident memory of a process in bytes; null where the system does not tell. */
export async function residentBytes(pid: number | undefined): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const found = /^VmRSS:\s+(\d+) kB/m.exec(status);
  return found ? Number(found[1]) * 1024 : null;
}

/** Ticks of the system clock by which Linux counts. */
const TICKS_PER_SECOND = 100;

/** Seconds of CPU that a process and those it started have used. */
export type CpuClock = (pid: number | undefined) => number;

/** What all processes have used up to now; 0 for each where the system does not tell. */
export async function readCpu(): Promise<CpuClock> {
  const folders = await readdir('/proc').catch(() => []);
  const stats = await Promise.all(folders.filter((name) => /^\d+$/.test(name)).map(readStat));
  return (pid) =>
    stats.reduce((all, stat) => (stat && (stat.pid === pid || stat.parent === pid) ? all + stat.seconds : all), 0);
}

async function readStat(pid: string): Promise<{ pid: number; parent: number; seconds: number } | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name may hold spaces; it ends with the last parenthesis.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent] = fields;
  if (parent === undefined) return null;
  return { pid: Number(pid), parent, seconds: ((fields[11] ?? 0) + (fields[12] ?? 0)) / TICKS_PER_SECOND };
}
