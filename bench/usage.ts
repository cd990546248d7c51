import { readdir, readFile } from 'node:fs/promises';

/** Resident memory of a process in bytes; null where the system does not tell. */
export async function residentBytes(pid: number | undefined): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const found = /^VmRSS:\s+(\d+) kB/m.exec(status);
  return found ? Number(found[1]) * 1024 : null;
}

const SAMPLE_MS = 250;

/** Looks at the resident memory of processes until `end`, which answers the most of each, null where it is not told. */
export function watchMemory(pids: readonly (number | undefined)[]): { end(): Promise<(number | null)[]> } {
  const peaks: (number | null)[] = pids.map(() => null);
  const look = async (): Promise<void> => {
    const all = await Promise.all(pids.map(residentBytes));
    all.forEach((bytes, index) => {
      if (bytes !== null) peaks[index] = Math.max(peaks[index] ?? 0, bytes);
    });
  };
  const timer = setInterval(() => void look(), SAMPLE_MS);
  return {
    async end() {
      clearInterval(timer);
      await look();
      return peaks;
    },
  };
}

/** Ticks of the system clock by which Linux counts. */
const TICKS_PER_SECOND = 100;

/** Seconds of CPU that a process and those it started have used. */
export type CpuClock = (pid: number | undefined) => number;

/** What all processes have used up to now; 0 for each where the system does not tell. */
export async function readCpu(): Promise<CpuClock> {
  const known = await readStats();
  return (pid) =>
    known.reduce((all, stat) => {
      if (stat.pid === pid) return all + stat.seconds + stat.endedChildren;
      return stat.parent === pid ? all + stat.seconds : all;
    }, 0);
}

/** The processes with those that they started. */
export async function withChildren(pids: readonly number[]): Promise<number[]> {
  const known = await readStats();
  return known.filter(({ pid, parent }) => pids.includes(pid) || pids.includes(parent)).map(({ pid }) => pid);
}

interface Stat {
  pid: number;
  parent: number;
  seconds: number;
  /** Of those it started that have ended. */
  endedChildren: number;
}

async function readStats(): Promise<Stat[]> {
  const folders = await readdir('/proc').catch(() => []);
  const stats = await Promise.all(folders.filter((name) => /^\d+$/.test(name)).map(readStat));
  return stats.filter((stat) => stat !== null);
}

async function readStat(pid: string): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name may hold spaces; it ends with the last parenthesis.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent] = fields;
  if (parent === undefined) return null;
  // See proc_pid_stat(5): user and system time of itself, then of its children.
  const seconds = (first: number): number => ((fields[first] ?? 0) + (fields[first + 1] ?? 0)) / TICKS_PER_SECOND;
  return { pid: Number(pid), parent, seconds: seconds(11), endedChildren: seconds(13) };
}
