import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../platform/write-atomically.ts';

export type ServiceName = 'web' | 'readApi' | 'writeApi' | 'indexer' | 'postgres' | 'redis' | 'search';

export interface StackService {
  /** Absent for a server of the user's own, and while the part is down. */
  pid?: number;
  /** Where clients connect; with the password, where there is one. */
  url: string;
  port: number;
  metricsUrl?: string;
  /** Path of its log; absent for a server of the user's own. */
  log?: string;
}

/** The running stack, as in stack.json in the state folder. */
export interface Stack {
  state: 'starting' | 'ready';
  /** Of the read models: other data on the same servers has others. */
  prefixes: { redis: string; search: string };
  services: Partial<Record<ServiceName, StackService>>;
}

const fileOf = (stateDirectory: string) => join(stateDirectory, 'stack.json');

/** The description of the running stack, or undefined when none runs. */
export async function readStack(stateDirectory: string): Promise<Stack | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(stateDirectory), 'utf8')) as Stack;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function removeStack(stateDirectory: string): Promise<void> {
  await rm(fileOf(stateDirectory), { force: true });
}

export interface StackFile {
  update(change: (stack: Stack) => void): Promise<void>;
  remove(): Promise<void>;
}

/** Keeps stack.json up to date; it holds the database's password, so only its owner can read it. */
export function createStackFile(stateDirectory: string, description: Omit<Stack, 'state'>): StackFile {
  const stack: Stack = { state: 'starting', ...description };
  let saved: Promise<void> = Promise.resolve();
  const then = (step: () => Promise<void>) => {
    // Whoever asked for a change that failed was told; the next one is tried all the same.
    saved = saved.then(step, step);
    return saved;
  };
  return {
    update(change) {
      change(stack);
      return then(() => writeAtomically(fileOf(stateDirectory), `${JSON.stringify(stack, null, 2)}\n`, 0o600));
    },
    remove: () => then(() => removeStack(stateDirectory)),
  };
}
