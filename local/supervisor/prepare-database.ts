import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { launch } from '../platform/launch.ts';
import type { StackContext } from './parts/context.ts';
import { logFileOf } from './parts/context.ts';
import { lastLines, openLog } from './log-file.ts';

const job = fileURLToPath(new URL('database-job.ts', import.meta.url));

/** Brings the schema up to date and loads what is to be there: a scale or, in demo mode, the demo into an empty database. */
export async function prepareDatabase(
  context: StackContext,
  note: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const { config, urls } = context;
  const logFile = logFileOf(context, 'database');
  const log = openLog(logFile);
  const child = launch({
    command: process.execPath,
    args: ['--import', new URL('orphan-guard.ts', import.meta.url).href, job],
    env: {
      DATABASE_URL: urls.database,
      CREATE_DATABASE: config.own.databaseUrl ? undefined : '1',
      SEED_DEMO: config.mode === 'demo' && config.scale === null ? '1' : undefined,
      SEED_SCALE: config.scale ?? undefined,
      OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
    },
    ipc: true,
    ownGroup: true,
  });
  const kill = () => child.kill();
  signal.addEventListener('abort', kill);
  child.on('message', (message) => note(String(message)));
  child.stdout?.on('data', log.write);
  child.stderr?.on('data', log.write);
  const [code] = (await once(child, 'close')) as [number | null];
  signal.removeEventListener('abort', kill);
  log.close();
  if (code !== 0) {
    throw new Error(
      `The database could not be prepared. Last lines of ${logFile}:\n${lastLines(logFile, 15).join('\n')}`,
    );
  }
}
