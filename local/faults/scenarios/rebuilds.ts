import { eventually } from '../../platform/wait.ts';
import { findJob, requestJob, type Job } from '@eduplatform/indexer/jobs/jobs';
import type { Arena } from '../arena.ts';
import { leaderOf, meanwhile, onlyFirst, type Scenario } from '../scenario.ts';

const DONE_MS = 90_000;

async function reindex({ writers }: Arena, sink: 'redis' | 'search', kind: Job['kind'] = 'reindex'): Promise<string> {
  const { id } = await requestJob(writers.pool, { kind, sink, params: {}, requestedBy: null });
  return id;
}

async function whenDone({ writers }: Arena, id: string): Promise<void> {
  const job = await eventually(
    async () => {
      const found = await findJob(writers.pool, id);
      return found?.finishedAt ? found : undefined;
    },
    { timeoutMs: DONE_MS, intervalMs: 50 },
  );
  if (job.state !== 'succeeded') throw new Error(`the rebuild ${job.state}: ${job.error}`);
}

const whenPhase = (arena: Arena, id: string, phases: readonly unknown[]): Promise<unknown> =>
  eventually(
    async () => {
      const job = await findJob(arena.writers.pool, id);
      return job?.finishedAt || phases.includes(job?.progress['phase']) ? true : undefined;
    },
    { timeoutMs: DONE_MS, intervalMs: 1 },
  );

/** The leader is killed when the job has come so far, and the next one goes on with it. */
const crash = (when: string, sink: 'redis' | 'search', phases: readonly string[]): Scenario => ({
  name: `a crash ${when} of a rebuild of ${sink}`,
  async run(arena) {
    const id = await reindex(arena, sink);
    await whenPhase(arena, id, phases);
    await leaderOf(arena).kill();
    await onlyFirst(arena);
    await whenDone(arena, id);
  },
});

const underLoad: Scenario = {
  name: 'both read models rebuilt, and rolled back, under load',
  async run(arena) {
    const begun = [await reindex(arena, 'redis'), await reindex(arena, 'search')];
    for (const id of begun) await whenDone(arena, id);
    await meanwhile(500);
    const back = [await reindex(arena, 'redis', 'rollback'), await reindex(arena, 'search', 'rollback')];
    for (const id of back) await whenDone(arena, id);
  },
};

const backfilling = ['backfill', 'catch-up', 'comparing', 'cutover', 'cleanup'];

export const rebuildScenarios: Scenario[] = [
  ...(['redis', 'search'] as const).flatMap((sink) => [
    crash('before the swap', sink, backfilling),
    crash('at the swap', sink, ['cutover', 'cleanup']),
    crash('after the swap', sink, ['cleanup']),
  ]),
  underLoad,
];
