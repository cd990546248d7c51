import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identify, isRunning, type ProcessIdentity } from '../platform/process-identity.ts';
import { eventually } from '../platform/wait.ts';

/** The supervisor that runs in a state folder, and how to talk to it. */
export interface Instance extends ProcessIdentity {
  controlUrl: string;
  token: string;
}

const fileOf = (stateDirectory: string) => join(stateDirectory, 'supervisor.json');

/** The supervisor that runs here, or undefined (also when it died without taking its file along). */
export async function findInstance(stateDirectory: string): Promise<Instance | undefined> {
  const instance = await readInstance(stateDirectory);
  return instance && (await isRunning(instance)) ? instance : undefined;
}

/**
 * Takes the state folder for this process: only one process can make the file.
 * @returns the supervisor that already has it, or undefined when it is ours now.
 */
export async function claimInstance(
  stateDirectory: string,
  control: { controlUrl: string; token: string },
): Promise<Instance | undefined> {
  const identity = await identify(process.pid);
  if (!identity) throw new Error('the system does not tell when this process started');
  const file = fileOf(stateDirectory);
  const text = JSON.stringify({ ...identity, ...control }, null, 2);
  while (!(await created(file, text))) {
    const other = await findInstance(stateDirectory);
    if (other) return other;
    await removeStale(file);
  }
  return undefined;
}

export async function releaseInstance(stateDirectory: string): Promise<void> {
  await rm(fileOf(stateDirectory), { force: true });
}

async function created(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the file of a dead supervisor away; when a new one took its place just then, that one gets it back. */
async function removeStale(file: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = parse(await readFile(aside, 'utf8'));
  if (moved && (await isRunning(moved))) await rename(aside, file);
  else await rm(aside, { force: true });
}

async function readInstance(stateDirectory: string): Promise<Instance | undefined> {
  const file = fileOf(stateDirectory);
  if (!existsSync(file)) return undefined;
  // A supervisor that is just starting may not have finished writing; what stays unreadable belongs to nobody.
  const read = async () => parse(await readFile(file, 'utf8'));
  return eventually(read, { timeoutMs: 500 }).catch(() => undefined);
}

function parse(text: string): Instance | undefined {
  try {
    return JSON.parse(text) as Instance;
  } catch {
    return undefined;
  }
}
