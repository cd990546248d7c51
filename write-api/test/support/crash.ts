import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { endChild, launch } from '@eduplatform/local/platform/launch';
import { repositoryRoot } from '@eduplatform/local/platform/paths';

/** Every step at which a checkout or a refund can be cut off. */
export const CRASH_POINTS = [
  'before commit 1',
  'after commit 1',
  'before the provider',
  'after the provider',
  'before commit 2',
  'after commit 2',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

export interface CrashingRequest {
  /** Null: it is not killed. */
  at: CrashPoint | null;
  databaseUrl: string;
  userId: string;
  url: string;
  key?: string;
  body: object;
}

/** Sends one request to a write API in a process of its own. Resolves to the signal that killed it, and what it answered. */
export async function sendAndCrash(
  request: CrashingRequest,
): Promise<{ signal: NodeJS.Signals | null; output: string }> {
  const spec = {
    command: process.execPath,
    args: ['write-api/test/support/crashing-main.ts'],
    cwd: repositoryRoot,
    env: { CRASH: JSON.stringify(request) },
  };
  const child = launch(spec);
  onTestFinished(() => endChild(child, spec));
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString('utf8'));
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  await once(child, 'close');
  return { signal: child.signalCode, output };
}
