import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcess } from '../../platform/end-process.ts';
import { commandLine, identify } from '../../platform/process-identity.ts';
import { isReachable } from '../../platform/unprivileged.ts';
import { postgresBinaries } from '../../servers/postgres-binaries.ts';
import { checkPostgres, initializePostgres, postgresSpec, postgresUrl } from '../../servers/postgres.ts';
import type { PartDefinition } from '../part.ts';
import { logFileOf, type StackContext } from './context.ts';

const SETTINGS = {
  max_connections: '200',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %a ',
};

/**
 * The folder of the database. Postgres does not run as root, and the user it then runs as may not be able to enter the
 * checkout (in /root, say): in that case the folder lies in /var/lib, named after the checkout.
 */
export async function postgresDirectory(stateDirectory: string): Promise<string> {
  const inside = join(stateDirectory, 'postgres');
  if (await isReachable(inside)) return inside;
  const name = createHash('sha256').update(stateDirectory).digest('hex').slice(0, 12);
  return join('/var/lib/eduplatform', name, 'postgres');
}

export async function definePostgres(
  context: Pick<StackContext, 'config' | 'ports' | 'secrets'>,
): Promise<PartDefinition> {
  const directory = await postgresDirectory(context.config.stateDirectory);
  const options = {
    binaries: await postgresBinaries(join(directory, '..', 'programs')),
    directory,
    port: context.ports.postgres,
    password: context.secrets.postgresPassword,
    settings: SETTINGS,
  };
  return {
    name: 'postgres',
    title: 'Postgres',
    async prepare() {
      await initializePostgres(options);
      await clearStaleLock(join(directory, 'data'));
    },
    spec: postgresSpec(options),
    check: () => checkPostgres(postgresUrl(options, 'postgres')),
    // After a crash it replays its log before it answers.
    readyWithinMs: 120_000,
    logFile: logFileOf(context, 'postgres'),
  };
}

/**
 * postmaster.pid outlives a crash. When the process it names is gone, it stays: with it Postgres finds out whether a
 * session of the dead server still writes, refuses to start meanwhile, and replaces it afterwards. A server that still
 * runs on this folder is a leftover of ours and is ended. What Postgres cannot cope with is removed: an id that now
 * belongs to somebody else, and a file that a power cut left without an id.
 */
async function clearStaleLock(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number((await readFile(lock, 'utf8')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return rm(lock, { force: true });
  const holder = await identify(pid);
  if (!holder) return;
  if ((await commandLine(pid)).includes(data)) await endProcess(holder, 'SIGINT');
  else await rm(lock, { force: true });
}
