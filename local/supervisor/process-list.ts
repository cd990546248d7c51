import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcess } from '../platform/end-process.ts';
import { identify, type ProcessIdentity } from '../platform/process-identity.ts';
import { writeAtomically } from '../platform/write-atomically.ts';

export interface RecordedProcess extends ProcessIdentity {
  part: string;
  stopSignal: NodeJS.Signals;
}

/** The processes of the stack, kept in a file: a start after a crash finds what the crash left running. */
export interface ProcessList {
  add(part: string, pid: number, stopSignal: NodeJS.Signals): Promise<void>;
  remove(pid: number): Promise<void>;
}

const fileOf = (stateDirectory: string) => join(stateDirectory, 'processes.json');

export function createProcessList(stateDirectory: string): ProcessList {
  const processes = new Map<number, RecordedProcess>();
  let saved: Promise<void> = Promise.resolve();
  const save = () => {
    const text = () => JSON.stringify([...processes.values()], null, 2);
    const write = () => writeAtomically(fileOf(stateDirectory), text());
    // One write after another, each with what stands then; whoever asked for one that failed was told.
    saved = saved.then(write, write);
    return saved;
  };
  return {
    async add(part, pid, stopSignal) {
      const identity = await identify(pid);
      if (!identity) return;
      processes.set(pid, { part, stopSignal, ...identity });
      await save();
    },
    async remove(pid) {
      if (processes.delete(pid)) await save();
    },
  };
}

/** Ends what an earlier supervisor left running, and only that; answers the names of the parts it ended. */
export async function endLeftovers(stateDirectory: string): Promise<string[]> {
  const ended: string[] = [];
  await Promise.all(
    (await readList(stateDirectory)).map(async (recorded) => {
      const now = await identify(recorded.pid);
      if (now?.startedAt !== recorded.startedAt) return;
      ended.push(recorded.part);
      await endProcess(recorded, recorded.stopSignal);
    }),
  );
  return ended;
}

async function readList(stateDirectory: string): Promise<RecordedProcess[]> {
  try {
    return JSON.parse(await readFile(fileOf(stateDirectory), 'utf8')) as RecordedProcess[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
