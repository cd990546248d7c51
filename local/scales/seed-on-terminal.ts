import { databaseOfScale, type Scale } from '@eduplatform/seed/scale/sizes';
import { seedScale, type SeedResult } from '@eduplatform/seed/scale';
import { TargetError } from '@eduplatform/seed/scale/target-error';
import { interruption } from '../jobs/on-interrupt.ts';
import { ProgressBar } from '../jobs/progress-bar.ts';
import { renderTable } from '../jobs/table.ts';
import { createDatabase, withDatabase } from '../servers/postgres.ts';
import { readConfig, type StackConfig } from '../supervisor/config.ts';
import { holdInstance } from '../supervisor/hold-instance.ts';
import { findInstance } from '../supervisor/instance.ts';
import { withPostgresAlone } from '../supervisor/postgres-alone.ts';
import { readStack } from '../supervisor/stack-file.ts';
import { describeBroken } from './describe-broken.ts';
import { describeRate } from './describe-progress.ts';
import { dropSeeded } from './drop-seeded.ts';

export interface SeedRequest {
  scale: Scale;
  seed: number | undefined;
  /** What was seeded there before goes first. */
  isReplacing: boolean;
  /** Also when people have used it. */
  isForced: boolean;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Seeds the database that is to be seeded, with its progress on the terminal; answers the exit code. */
export async function seedOnTerminal(request: SeedRequest): Promise<number> {
  const config = readConfig(process.env, { scale: request.scale });
  if (config.own.databaseUrl && request.isReplacing) {
    throw new TargetError('--replace is for the databases that this command makes, and not for that of DATABASE_URL.');
  }
  if (config.own.databaseUrl) return seed(config.own.databaseUrl, 'DATABASE_URL', request, interruption());
  const server = await serverOfStack(config);
  if (server !== null) {
    const url = withDatabase(server, databaseOfScale(request.scale));
    await makeDatabase(url, request);
    return seed(url, "the running stack's Postgres", request, interruption());
  }
  return holdInstance(config, process.stdout, (ending) =>
    withPostgresAlone(config, say, async (url) => {
      await makeDatabase(url, request);
      return seed(url, "the stack's own Postgres", request, ending);
    }),
  );
}

async function makeDatabase(url: string, { isReplacing, isForced }: SeedRequest): Promise<void> {
  if (isReplacing) await dropSeeded(url, isForced);
  await createDatabase(url);
}

/** A connection string of the running stack's Postgres; null when no stack runs. */
async function serverOfStack({ stateDirectory }: StackConfig): Promise<string | null> {
  const stack = (await findInstance(stateDirectory)) && (await readStack(stateDirectory));
  if (!stack) return null;
  if (stack.state === 'starting') throw new TargetError('The stack is still starting: try again when it is ready.');
  return stack.services.postgres?.url ?? null;
}

async function seed(databaseUrl: string, where: string, request: SeedRequest, signal: AbortSignal): Promise<number> {
  say(`Database ${new URL(databaseUrl).pathname.slice(1)} (${where})`);
  const bar = new ProgressBar(process.stdout);
  const began = performance.now();
  try {
    const result = await seedScale(databaseUrl, {
      scale: request.scale,
      ...(request.seed !== undefined && { seed: request.seed }),
      signal,
      onProgress: (progress) => bar.show(progress.phase, progress.done, progress.total, describeRate(progress)),
    });
    bar.clear();
    return tell(result, request.scale, (performance.now() - began) / 1000);
  } catch (error) {
    bar.clear();
    if (!signal.aborted) throw error;
    say('Stopped; the same command goes on from here.');
    say('seed void: stopped before its end');
    return 1;
  }
}

function tell({ seed: number, wasThere, counts, broken }: SeedResult, scale: Scale, seconds: number): number {
  const rows = Object.entries(counts).map(([table, count]) => [table, count.toLocaleString('en-US')]);
  say(renderTable(rows));
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const what = `${scale}, seed ${number}: ${all.toLocaleString('en-US')} rows`;
  if (broken.length > 0) say(describeBroken(broken));
  if (wasThere) say(`${what} were there already`);
  else say(`${what} in ${seconds.toFixed(1)} s, ${broken.length} invariants broken`);
  return broken.length > 0 ? 1 : 0;
}
