import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import { eventually } from '../platform/wait.ts';
import { findJob, requestJob } from '@eduplatform/indexer/jobs/jobs';
import type { VerifyResult } from '@eduplatform/indexer/verify/report';
import type { Arena } from './arena/arena.ts';

const RECOVERED_MS = 300_000;
/** A million rows of backlog come in between. */
const BACKLOG_MS = 400_000;

export interface Checked {
  documents: number;
  /** Until both sinks had all of it, after the fault was healed. */
  recoveredMs: number;
}

/** Throws an error that says what is lost, there twice, or otherwise than in Postgres. */
export async function check(arena: Arena): Promise<Checked> {
  const { acknowledged } = arena.writers;
  await assertWritten(arena);
  const began = performance.now();
  const last = acknowledged.reduce((latest, { position }) => (position > latest ? position : latest), '');
  for (const sink of ['redis', 'search'] as const) {
    await eventually(() => hasPassed(arena, sink, last), { timeoutMs: BACKLOG_MS, intervalMs: 20 });
  }
  const recoveredMs = performance.now() - began;
  let documents = 0;
  for (const sink of ['redis', 'search']) documents += await verified(arena, sink);
  return { documents, recoveredMs };
}

async function hasPassed({ current }: Arena, sink: 'redis' | 'search', position: string): Promise<boolean> {
  const [json, isReady] = [await current(`${sink}Watermark`), await current(`${sink}Ready`)];
  return isReady === 'true' && json !== null && (JSON.parse(json) as SinkWatermark).position >= position;
}

const COMMANDS = `
  select trace_parent as command, count(*)::int as times from outbox
  where trace_parent is not null and trace_parent = any($1) group by trace_parent`;
const LIVE = `
  select c.id, r.content->>'title' as title from courses c
  left join course_revisions r on r.course_id = c.id and r.revision = c.live_revision where c.id = any($1)`;

/** Every acknowledged command is in Postgres, once, and every course is as its writer left it. */
async function assertWritten({ writers }: Arena): Promise<void> {
  const { acknowledged } = writers;
  const commands = acknowledged.map(({ command }) => command);
  const found = await writers.pool.query<{ command: string; times: number }>(COMMANDS, [commands]);
  const times = new Map(found.rows.map((row) => [row.command, row.times]));
  const lost = acknowledged.filter(({ command, rows }) => (times.get(command) ?? 0) < rows);
  if (lost.length > 0) throw new Error(`${lost.length} acknowledged commands are not in the outbox`);
  const twice = acknowledged.filter(({ command, rows }) => (times.get(command) ?? 0) > rows);
  if (twice.length > 0) throw new Error(`${twice.length} acknowledged commands are there several times`);
  const expected = writers.expected();
  const live = await writers.pool.query<{ id: string; title: string | null }>(LIVE, [[...expected.keys()]]);
  const titles = new Map(live.rows.map(({ id, title }) => [id, title]));
  for (const [id, title] of expected) {
    const found = titles.get(id) ?? null;
    if (found !== title) throw new Error(`course ${id} is called ${found}, and was acknowledged as ${title}`);
  }
}

/** Has the leader compare the sink with Postgres document by document; answers how many there are. */
async function verified({ writers: { pool } }: Arena, sink: string): Promise<number> {
  const attempt = async (): Promise<VerifyResult | false> => {
    const { id } = await requestJob(pool, { kind: 'verify', sink, params: {}, requestedBy: null });
    const job = await eventually(
      async () => {
        const found = await findJob(pool, id);
        return found?.finishedAt ? found : undefined;
      },
      { timeoutMs: RECOVERED_MS, intervalMs: 50 },
    );
    if (job.state !== 'succeeded') throw new Error(`${sink} was not verified: ${job.error ?? job.state}`);
    return job.result as unknown as VerifyResult;
  };
  const result = await eventually(attempt, { timeoutMs: RECOVERED_MS, intervalMs: 500 });
  if (result.drift === 0 && result.unsettled === 0) return result.documents;
  const named = result.differences.slice(0, 5).map(({ key, difference }) => `${key} ${difference}`);
  throw new Error(`${sink} differs in ${result.drift} documents (${result.unsettled} unsettled): ${named.join(', ')}`);
}
