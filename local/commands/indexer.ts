/** `npm run indexer -- status|pause|resume|dead-letters|replay|discard|jobs|cancel …`: what operators ask of the running indexer. */
import { parsePosition } from '@eduplatform/contracts/positions';
import { createPool } from '@eduplatform/db/pool';
import type { Queryable } from '@eduplatform/db/transaction';
import {
  discardDeadLetter,
  listDeadLetters,
  replayAllDeadLetters,
  replayDeadLetter,
} from '@eduplatform/indexer/admin/dead-letters';
import { readEngineQueues } from '@eduplatform/indexer/admin/engine-queue';
import { listSinks, switchSink } from '@eduplatform/indexer/admin/sinks';
import { cancelJob, lastSucceeded, listJobs } from '@eduplatform/indexer/jobs/jobs';
import { readBacklog } from '@eduplatform/indexer/source/backlog';
import { readStandings } from '@eduplatform/indexer/why/sink-facts';
import { renderTable } from '../jobs/table.ts';
import { databaseOfStack, readModelsOfStack } from './running-stack.ts';

const LISTED = 50;
const USAGE = `Usage: npm run indexer -- COMMAND
  status                    where each read model stands
  pause SINK, resume SINK   let a read model stand still, or go on
  dead-letters [SINK]       documents that were refused
  replay ID | all [SINK]    try them again
  discard ID                give one up
  jobs                      rebuilds, rollbacks and verifications
  cancel ID                 let a job end`;

type Command = (db: Queryable, args: string[]) => Promise<string>;

const COMMANDS: Record<string, Command> = {
  status,
  pause: async (db, [sink = '']) => `${(await switchSink(db, sink, true, null)).sink} is to stand still`,
  resume: async (db, [sink = '']) => `${(await switchSink(db, sink, false, null)).sink} is to go on`,
  async 'dead-letters'(db, [sink = null]) {
    const rows = await listDeadLetters(db, { sink, after: null, limit: LISTED });
    if (rows.length === 0) return 'no dead letters';
    const cells = rows.map((row) => [row.id, row.sink, row.key, String(row.attempts), row.lastFailedAt.toISOString()]);
    const reasons = rows.map(({ reason }) => reason.split('\n')[0]?.slice(0, 80) ?? '');
    return table(
      ['ID', 'SINK', 'KEY', 'ATTEMPTS', 'LAST', 'REASON'],
      cells.map((row, at) => [...row, reasons[at] ?? '']),
    );
  },
  async replay(db, [id = '', sink = null]) {
    if (id === 'all') return `${await replayAllDeadLetters(db, sink)} are tried again`;
    return `${(await replayDeadLetter(db, id)).key} is tried again`;
  },
  discard: async (db, [id = '']) => `${(await discardDeadLetter(db, id)).key} is given up`,
  async jobs(db) {
    const jobs = await listJobs(db, null, LISTED);
    if (jobs.length === 0) return 'no jobs';
    const cells = jobs.map(({ id, kind, sink, state, createdAt, progress, error }) => {
      const { phase, done, total } = progress as { phase?: string; done?: number; total?: number };
      const note = error ?? (state === 'running' && phase ? `${phase} ${done ?? 0} of ${total ?? 0}` : '');
      return [id, kind, sink, state, createdAt.toISOString(), note];
    });
    return table(['ID', 'KIND', 'SINK', 'STATE', 'ASKED', 'NOTE'], cells);
  },
  async cancel(db, [id = '']) {
    const job = await cancelJob(db, id);
    if (!job) throw new Error('there is no such job, or it has ended');
    return `the ${job.kind} of ${job.sink} ${job.state === 'canceled' ? 'is canceled' : 'is to end'}`;
  },
};

async function status(db: Queryable): Promise<string> {
  const config = await readModelsOfStack();
  const onError = (error: Error): void => void process.stderr.write(`${error.message}\n`);
  const [standings, records, queues, verified] = await Promise.all([
    readStandings({ config, onError }),
    listSinks(db),
    readEngineQueues(config.search),
    lastSucceeded(db, 'verify'),
  ]);
  const rows = await Promise.all(
    standings.map(async ({ name, position, positionAt, isReady }) => {
      const record = records.find(({ sink }) => sink === name);
      const parts = position === null ? null : parsePosition(position);
      const lag = parts && (await readBacklog(db, parts.history, parts));
      const state = record?.isPaused
        ? 'paused'
        : record?.needsRebuild
          ? 'needs rebuild'
          : isReady
            ? 'live'
            : 'building';
      const drift = verified.find(({ sink }) => sink === name)?.result?.['drift'];
      return [
        ...[name, state, String(record?.generation ?? 0), String(record?.previousGeneration ?? '-')],
        ...[lag ? `${lag.rows}` : '-', lag ? lag.seconds.toFixed(1) : '-', positionAt ?? '-'],
        ...[String(queues.get(name) ?? '-'), String(record?.deadLetters ?? 0), String(drift ?? '-')],
      ];
    }),
  );
  const head = ['SINK', 'STATE', 'GENERATION', 'PREVIOUS', 'LAG ROWS', 'LAG s', 'AS OF', 'TASKS', 'DEAD', 'DRIFT'];
  return table(head, rows);
}

const table = (head: string[], rows: string[][]): string => renderTable([head, ...rows]);

async function main([name = '', ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new Error(USAGE);
  const onError = (error: Error): void => void process.stderr.write(`${error.message}\n`);
  const pool = createPool({ connectionString: await databaseOfStack(), applicationName: 'operator', onError, max: 4 });
  try {
    process.stdout.write(`${await command(pool, args)}\n`);
    return 0;
  } finally {
    await pool.end();
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  return 1;
});
