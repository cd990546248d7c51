import { eventually } from '@eduplatform/local/platform/wait';
import { countWorkers } from '@eduplatform/process-kit/workers/count';
import { withChildren } from '../usage.ts';
import type { Contender } from './contenders.ts';

/** A service says that it is ready when the first of its workers is. */
const WITHIN_MS = 20_000;

/** Throws unless a service has as many worker processes as WEB_CONCURRENCY asks for; says nothing where the system does not. */
export async function assertWorkers({ name, pid = Number.NaN }: Contender, asked: string): Promise<void> {
  const wanted = countWorkers(asked);
  // One serves without a process that watches over it.
  const children = wanted === 1 ? 0 : wanted;
  if ((await childrenOf(pid)) === null) return;
  await eventually(async () => (await childrenOf(pid)) === children, { timeoutMs: WITHIN_MS }).catch(async () => {
    throw new Error(`${name} has ${await childrenOf(pid)} processes below it instead of ${children}`);
  });
}

/** How many processes it has started; null where the system does not tell. */
async function childrenOf(pid: number): Promise<number | null> {
  const family = await withChildren([pid]);
  return family.includes(pid) ? family.length - 1 : null;
}
