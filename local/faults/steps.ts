import { setTimeout as delay } from 'node:timers/promises';
import { findJob, requestJob, type Job } from '@eduplatform/indexer/jobs/jobs';
import { eventually } from '../platform/wait.ts';
import { withPostgres } from '../servers/postgres.ts';
import type { Trap } from '../testing/trap.ts';
import type { Arena, Proxies } from './arena/arena.ts';
import type { ServerProcess } from './arena/server-process.ts';

/** On a machine that others use, everything may take many times as long; what never comes is the fault. */
const SPRUNG_MS = 120_000;
const DONE_MS = 300_000;
/** What a trap has caught does not run away. */
const LOOK_MS = 10;

/** Lets the writers work for so long: of a fault in time, the time is the point. */
export const meanwhile = (milliseconds: number): Promise<void> => delay(milliseconds);

/** The first indexer that runs: it leads. Or the first of all, when one has just ended by itself. */
export function leaderOf({ indexers }: Arena): ServerProcess {
  const leader = indexers.find(({ isRunning }) => isRunning) ?? indexers[0];
  if (!leader) throw new Error('there is no indexer');
  return leader;
}

/** Ends every indexer but the first, and has that one run and ready, however often it ends by itself. */
export async function onlyFirst({ indexers: [first, ...others] }: Arena): Promise<void> {
  for (const other of others) await other.kill();
  await first?.keepUntilReady();
}

/** Waits until the trap has caught something, or until there is nothing to wait for any more. */
export async function whenSprung(trap: Trap, isOver: () => Promise<boolean> = async () => false): Promise<void> {
  const deadline = performance.now() + SPRUNG_MS;
  while (!trap.isSprung && !(await isOver())) {
    if (performance.now() > deadline) throw new Error(`the indexer did not come there within ${SPRUNG_MS} ms`);
    await delay(LOOK_MS);
  }
}

/** Takes all traps away; what they hold is never passed on. */
export function untrap({ postgres, redis, search }: Proxies): void {
  postgres.untrap();
  redis.untrap();
  search.untrap();
}

/** Asks the indexer for a job; answers its id. What hinders it from being stored is gone soon. */
export async function request({ writers }: Arena, kind: Job['kind'], sink: 'redis' | 'search'): Promise<string> {
  const attempt = () => requestJob(writers.pool, { kind, sink, params: {}, requestedBy: null });
  return (await eventually(attempt, { timeoutMs: DONE_MS, intervalMs: 100 })).id;
}

/** Whether the job has ended. */
export const hasEnded = async ({ writers }: Arena, id: string): Promise<boolean> =>
  Boolean((await findJob(writers.pool, id))?.finishedAt);

/** Waits until the job has ended. Throws when it failed, unless anything else may have hindered it. */
export async function whenDone({ writers }: Arena, id: string, mayFail = false): Promise<Job> {
  const ended = async () => {
    const job = await findJob(writers.pool, id);
    return job?.finishedAt ? job : undefined;
  };
  const job = await eventually(ended, { timeoutMs: DONE_MS, intervalMs: 50 });
  if (job.state !== 'succeeded' && !mayFail) throw new Error(`the ${job.kind} ${job.state}: ${job.error}`);
  return job;
}

/** The history that new rows of the outbox belong to. */
export const historyOf = ({ postgres }: Arena): Promise<number> =>
  withPostgres(postgres.databaseUrl, async (client) => {
    const { rows } = await client.query<{ history: number }>('select current_history() as history');
    return rows[0]?.history ?? 0;
  });
