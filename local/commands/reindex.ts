/**
 * `npm run reindex -- [redis|search|all] [--rollback | --cancel]`: rebuilds read models of the running stack beside those
 * in use. The leader does it; here its progress is shown. Ctrl-C asks whether to cancel it; otherwise it goes on.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createPool } from '@eduplatform/db/pool';
import type { Queryable } from '@eduplatform/db/transaction';
import { cancelJob, findJob, requestJob, type Job } from '@eduplatform/indexer/jobs/jobs';
import type { RebuildProgress } from '@eduplatform/indexer/rebuild/jobs';
import { leaveOrCancel } from '../jobs/leave-or-cancel.ts';
import { interruption } from '../jobs/on-interrupt.ts';
import { ProgressBar } from '../jobs/progress-bar.ts';
import { timeLeft } from '../jobs/time-left.ts';
import { databaseOfStack } from './running-stack.ts';

const LOOK_MS = 200;
/** The leader looks for jobs every second. */
const BEGIN_MS = 15_000;
const PHASES: Record<RebuildProgress['phase'], string> = {
  waiting: 'waiting',
  backfill: 'building',
  'catch-up': 'catching up',
  comparing: 'comparing',
  cutover: 'swapping',
  cleanup: 'cleaning up',
};
const SINKS = 'select sink from indexer_sinks where generation > 0 order by sink';
const ACTIVE = `
  select id from indexer_jobs
  where sink = $1 and kind in ('reindex', 'rollback') and state in ('requested', 'running')`;

type End = 'done' | 'failed' | 'left';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { rollback: { type: 'boolean' }, cancel: { type: 'boolean' } },
  });
  const onError = (error: Error): void => void process.stderr.write(`${error.message}\n`);
  const connectionString = await databaseOfStack();
  const pool = createPool({ connectionString, applicationName: 'reindex', onError, max: 2 });
  try {
    const sinks = await chosenSinks(pool, positionals);
    if (values.cancel) return await cancelAll(pool, sinks);
    const kind = values.rollback ? 'rollback' : 'reindex';
    const signal = interruption();
    const started = performance.now();
    for (const [index, sink] of sinks.entries()) {
      const { id } = await requestJob(pool, { kind, sink, params: {}, requestedBy: null });
      const end = await watch(pool, id, sink, signal);
      if (end === 'done') continue;
      const rest = sinks.slice(index + 1);
      if (rest.length > 0) say(`not begun: ${rest.join(', ')}`);
      say(`${kind} ${end === 'left' ? 'goes on' : 'came to nothing'}`);
      return end === 'left' ? 0 : 1;
    }
    say(`${kind} of ${sinks.join(', ')} done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return 0;
  } finally {
    await pool.end();
  }
}

/** `search` stands for all search servers. */
async function chosenSinks(db: Queryable, names: string[]): Promise<string[]> {
  const all = (await db.query<{ sink: string }>(SINKS)).rows.map(({ sink }) => sink);
  if (all.length === 0) throw new Error('no read model has been built yet');
  if (names.length === 0 || names.includes('all')) return all;
  return names.flatMap((name) => {
    const found = all.filter((sink) => sink === name || (name === 'search' && sink.startsWith('search-')));
    if (found.length === 0) throw new Error(`there is no read model "${name}"; there are: ${all.join(', ')}, all`);
    return found;
  });
}

async function cancelAll(db: Queryable, sinks: string[]): Promise<number> {
  let canceled = 0;
  for (const sink of sinks) {
    const { rows } = await db.query<{ id: string }>(ACTIVE, [sink]);
    if (rows[0] && (await cancelJob(db, rows[0].id))) canceled += 1;
  }
  say(canceled === 0 ? 'nothing is being rebuilt' : `canceled ${canceled}`);
  return 0;
}

/** Shows how far the job is until it has ended, or until whoever watches wants to go. */
async function watch(db: Queryable, id: string, sink: string, signal: AbortSignal): Promise<End> {
  const bar = new ProgressBar(process.stdout);
  const begunBy = performance.now() + BEGIN_MS;
  let isAsked = false;
  try {
    for (;;) {
      const job = await findJob(db, id);
      if (!job) throw new Error('the job is gone');
      if (job.finishedAt !== null) return tellEnd(bar, sink, job);
      if (job.state === 'requested' && performance.now() > begunBy) {
        await cancelJob(db, id);
        throw new Error(
          `no indexer has taken it on in ${BEGIN_MS / 1000} s: is one running, with a sink called ${sink}?`,
        );
      }
      if (signal.aborted && !isAsked) {
        isAsked = true;
        bar.clear();
        if ((await leaveOrCancel(`the ${job.kind} of ${sink}`)) === 'leave') {
          say(`The ${job.kind} of ${sink} goes on. To cancel it: npm run reindex -- ${sink} --cancel`);
          return 'left';
        }
        await cancelJob(db, id);
      }
      show(bar, sink, job);
      await delay(LOOK_MS);
    }
  } finally {
    bar.clear();
  }
}

function show(bar: ProgressBar, sink: string, { progress, isCancelRequested }: Job): void {
  const { phase = 'waiting', done = 0, total = 0, ratePerSecond = 0, problem } = progress as Partial<RebuildProgress>;
  const details = [
    ratePerSecond > 0 ? `${ratePerSecond.toLocaleString('en-US')}/s` : '',
    timeLeft(done, total, ratePerSecond),
    problem ? `(${problem}; trying again)` : '',
  ].filter((detail) => detail !== '');
  bar.show(`${sink}: ${isCancelRequested ? 'canceling' : PHASES[phase]}`, done, total, details.join('  '));
}

function tellEnd(bar: ProgressBar, sink: string, { kind, state, error }: Job): End {
  bar.clear();
  if (state === 'succeeded')
    say(`${sink}: ${kind === 'rollback' ? 'the previous generation is' : 'rebuilt, and'} in use`);
  else say(`${sink}: ${state}${error ? `: ${error}` : ''}`);
  return state === 'succeeded' ? 'done' : 'failed';
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  say(`reindex failed: ${error.message.split('\n')[0]}`);
  return 1;
});
