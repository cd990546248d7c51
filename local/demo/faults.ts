import { Redis } from 'ioredis';
import type { Queryable } from '@eduplatform/db/transaction';
import { findJob, requestJob } from '@eduplatform/indexer/jobs/jobs';
import { run } from '../platform/run.ts';
import { eventually } from '../platform/wait.ts';
import type { ServiceName, Stack, StackService } from '../supervisor/stack-file.ts';

const DONE_MS = 120_000;
const OUTAGE_MS = 5_000;

export interface DemoFault {
  title: string;
  /** Brings it about, and heals what nobody else heals; ends when it is over. */
  run: (place: DemoPlace) => Promise<void>;
  /** Search has to be answered from catalog lists meanwhile, within a second. */
  fallsBack?: boolean;
}

export interface DemoPlace {
  stack: () => Promise<Stack>;
  db: Queryable;
  pause: (milliseconds: number) => Promise<void>;
  /** Told when the fault is there, where it takes time to bring it about. */
  struck: () => void;
}

async function serviceOf({ stack }: DemoPlace, name: ServiceName): Promise<StackService & { pid: number }> {
  const service = (await stack()).services[name];
  if (service?.pid === undefined) throw new Error(`${name} has no process of this stack`);
  return { ...service, pid: service.pid };
}

/** Stops a part in its tracks for a while, with its children: connections to it hang, which is worse than an error. */
async function halt(place: DemoPlace, name: ServiceName): Promise<void> {
  const { pid } = await serviceOf(place, name);
  if (process.platform === 'win32') return kill(place, name);
  const pids = [pid, ...(await childrenOf(pid))];
  for (const each of pids) process.kill(each, 'SIGSTOP');
  place.struck();
  try {
    await place.pause(OUTAGE_MS);
  } finally {
    for (const each of pids) resume(each);
  }
}

function resume(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch (error) {
    // It ended meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  const { output } = await run({ command: 'ps', args: ['-Ao', 'pid=,ppid='] });
  const pairs = output
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
}

/** Kills a part; the supervisor starts it again. */
async function kill(place: DemoPlace, name: ServiceName): Promise<void> {
  const { pid } = await serviceOf(place, name);
  process.kill(pid, 'SIGKILL');
  place.struck();
  const isBack = async (): Promise<boolean> => (await serviceOf(place, name)).pid !== pid;
  await eventually(isBack, { timeoutMs: DONE_MS, intervalMs: 100 });
}

async function flush(place: DemoPlace): Promise<void> {
  const redis = new Redis((await serviceOf(place, 'redis')).url);
  try {
    await redis.flushall();
  } finally {
    redis.disconnect();
  }
}

async function reindex({ db }: DemoPlace): Promise<void> {
  const { rows } = await db.query<{ sink: string }>('select sink from indexer_sinks where generation > 0');
  const jobs = await Promise.all(
    rows.map(({ sink }) => requestJob(db, { kind: 'reindex', sink, params: {}, requestedBy: null })),
  );
  for (const { id, sink } of jobs) {
    const ended = async () => {
      const job = await findJob(db, id);
      return job?.finishedAt ? job : undefined;
    };
    const job = await eventually(ended, { timeoutMs: DONE_MS, intervalMs: 200 });
    if (job.state !== 'succeeded') throw new Error(`the rebuild of ${sink} ${job.state}: ${job.error}`);
  }
}

export const FAULTS: readonly DemoFault[] = [
  { title: 'Postgres stopped for 5 s', run: (place) => halt(place, 'postgres') },
  { title: 'Postgres killed', run: (place) => kill(place, 'postgres') },
  { title: 'the indexer killed', run: (place) => kill(place, 'indexer') },
  { title: 'Redis flushed', run: flush },
  { title: 'both read models rebuilt under load', run: reindex },
  { title: 'the search engine stopped for 5 s', run: (place) => halt(place, 'search'), fallsBack: true },
  { title: 'the search engine killed', run: (place) => kill(place, 'search') },
];
