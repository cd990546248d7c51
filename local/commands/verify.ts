/**
 * `npm run verify -- [SINK…] [--repair]`: compares the read models of the running stack with Postgres, document by
 * document. The leader does it; here its progress is shown and what it found.
 */
import { parseArgs } from 'node:util';
import { createPool } from '@eduplatform/db/pool';
import type { Queryable } from '@eduplatform/db/transaction';
import { requestJob, type Job } from '@eduplatform/indexer/jobs/jobs';
import type { VerifyProgress, VerifyResult } from '@eduplatform/indexer/verify/report';
import { followJob } from '../jobs/follow-job.ts';
import { interruption } from '../jobs/on-interrupt.ts';
import { ProgressBar } from '../jobs/progress-bar.ts';
import { databaseOfStack } from './running-stack.ts';

const SHOWN = 50;
const PHASES: Record<VerifyProgress['phase'], string> = {
  documents: 'documents',
  surplus: 'looking for surplus',
  lists: 'lists',
};
const SINKS = 'select sink from indexer_sinks where generation > 0 order by sink';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { repair: { type: 'boolean' } } });
  const repair = values.repair === true;
  const onError = (error: Error): void => void process.stderr.write(`${error.message}\n`);
  const connectionString = await databaseOfStack();
  const pool = createPool({ connectionString, applicationName: 'verify', onError, max: 2 });
  const signal = interruption();
  try {
    const sinks = positionals.length > 0 && !positionals.includes('all') ? positionals : await allSinks(pool);
    if (sinks.length === 0) throw new Error('no read model has been built yet');
    const results: VerifyResult[] = [];
    for (const sink of sinks) {
      const result = await verifySink(pool, sink, { repair, signal });
      results.push(result);
      tell(sink, result);
    }
    return figure(results, repair);
  } finally {
    await pool.end();
  }
}

async function allSinks(db: Queryable): Promise<string[]> {
  return (await db.query<{ sink: string }>(SINKS)).rows.map(({ sink }) => sink);
}

async function verifySink(
  db: Queryable,
  sink: string,
  { repair, signal }: { repair: boolean; signal: AbortSignal },
): Promise<VerifyResult> {
  const bar = new ProgressBar(process.stdout);
  const { id } = await requestJob(db, { kind: 'verify', sink, params: { repair }, requestedBy: null });
  const onProgress = ({ progress }: Job): void => {
    const { phase, done = 0, total = 0 } = progress as Partial<VerifyProgress>;
    bar.show(`${sink}: ${phase ? PHASES[phase] : 'waiting'}`, done, total);
  };
  const job = await followJob(db, id, { onProgress, signal }).finally(() => bar.clear());
  if (job.state !== 'succeeded') throw new Error(`${sink} was not verified: ${job.error ?? job.state}`);
  return job.result as unknown as VerifyResult;
}

function tell(sink: string, { documents, members, drift, mended, unsettled, differences }: VerifyResult): void {
  const lists = members > 0 ? ` and ${members.toLocaleString('en-US')} list members` : '';
  say(`${sink}: ${documents.toLocaleString('en-US')} documents${lists}, ${drift} differ, ${mended} mended`);
  for (const { difference, key, member, isMended } of differences.slice(0, SHOWN)) {
    const where = member === undefined ? key : `${key}  ${JSON.stringify(member)}`;
    say(`  ${difference.padEnd(9)}  ${where}${isMended ? '  (mended)' : ''}`);
  }
  if (drift > SHOWN) say(`  … and ${drift - SHOWN} more`);
  if (unsettled > 0) say(`  ${unsettled} documents changed at every look and were not judged`);
}

/** What was mended is no drift any more. */
function figure(results: VerifyResult[], repair: boolean): number {
  const sum = (of: (result: VerifyResult) => number): number => results.reduce((all, result) => all + of(result), 0);
  const left = sum(({ drift, mended }) => drift - mended);
  say(`drift ${left}${repair ? `, mended ${sum(({ mended }) => mended)}` : ''}`);
  return left > 0 ? 1 : 0;
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  say(`drift unknown: ${error.message.split('\n')[0]}`);
  return 1;
});
