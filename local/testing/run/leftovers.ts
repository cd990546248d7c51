import { readdir, readFile } from 'node:fs/promises';
import { endProcess } from '../../platform/end-process.ts';
import { commandLine, identify } from '../../platform/process-identity.ts';
import { run } from '../../platform/run.ts';

/** Environment variable that every process of a test run inherits. */
export const RUN_MARKER = 'EDU_TEST_RUN';

/** Processes that carry the marker of a test run, or its folder on their command line, besides `except`. */
export async function findLeftovers(marker: string, directory: string, except: number[]): Promise<number[]> {
  const candidates = process.platform === 'linux' ? await fromProc(marker, directory) : await fromPs(marker, directory);
  return candidates.filter((pid) => !except.includes(pid));
}

async function fromProc(marker: string, directory: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [environment, command] = await Promise.all([read(`/proc/${pid}/environ`), read(`/proc/${pid}/cmdline`)]);
      return environment.includes(`${RUN_MARKER}=${marker}`) || command.includes(directory) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

async function fromPs(marker: string, directory: string): Promise<number[]> {
  const { output } = await run({ command: 'ps', args: ['-Awwo', 'pid=,command=', '-E'] });
  const ours = output
    .split('\n')
    .filter((line) => line.includes(`${RUN_MARKER}=${marker}`) || line.includes(directory));
  return ours.map((line) => Number.parseInt(line, 10)).filter((pid) => pid > 0);
}

/** Another user's process, or one that has just ended, has nothing to read. */
const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** Ends what a test run left behind; answers a line for each. */
export async function endLeftovers(pids: number[]): Promise<string[]> {
  return Promise.all(
    pids.map(async (pid) => {
      const description = `${pid} ${(await commandLine(pid)).slice(0, 150)}`;
      const identity = await identify(pid);
      if (identity) await endProcess(identity, 'SIGTERM', 3_000);
      return description;
    }),
  );
}
