import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { describePortHolder } from '../platform/port-holder.ts';
import { repositoryRoot } from '../platform/paths.ts';
import { isPortFree } from '../platform/ports.ts';
import { which } from '../platform/which.ts';
import type { StackConfig } from '../supervisor/config.ts';
import { note, ok, problem, type Finding } from './finding.ts';

const NEEDED_DISK_GB = 2;
const GB = 1e9;

/** What runs here, and whether there is room. */
export async function examineMachine(): Promise<Finding[]> {
  const memory = `${gigabytes(freemem())} of ${gigabytes(totalmem())} GB of memory free`;
  return [
    ok('Node', `${process.version} (${process.platform} ${process.arch}), ${availableParallelism()} cores, ${memory}`),
    await examineDisk(),
    ...optionalPrograms(),
  ];
}

async function examineDisk(): Promise<Finding> {
  const { bavail, bsize } = await statfs(repositoryRoot);
  const free = bavail * bsize;
  const text = `${gigabytes(free)} GB free in ${repositoryRoot}`;
  return free < NEEDED_DISK_GB * GB
    ? problem('Disk', `${text}; at least ${NEEDED_DISK_GB} are needed`)
    : ok('Disk', text);
}

function optionalPrograms(): Finding[] {
  const programs: [string, string[], string][] = [
    [
      'Redis',
      ['redis-server', 'valkey-server'],
      'not on PATH: apt (as root on Debian) or the built-in one, memory only',
    ],
    ['Meilisearch', ['meilisearch'], 'not on PATH: the embedded engine is used'],
    ['Jaeger', ['jaeger'], 'not on PATH: the last traces are kept by the stack itself'],
    [
      'Chromium',
      ['chromium', 'google-chrome'],
      'not on PATH: browser tests use CHROMIUM_PATH or apt, else are skipped',
    ],
  ];
  return programs.map(([topic, names, absent]) => {
    const path = which(...names);
    return path ? ok(topic, path) : note(topic, absent);
  });
}

/** Whether a start would find its ports free. */
export async function examinePorts({ ports }: StackConfig): Promise<Finding[]> {
  const findings = await Promise.all(
    Object.values(ports).map(async ({ port, host, variable, fixed }) => {
      if (await isPortFree(port, host)) return [];
      const holder = (await describePortHolder(port)) ?? 'another process';
      const text = `${port} (${variable}) is in use by ${holder}`;
      return [fixed ? problem('Port', text) : note('Port', `${text}; a free one will be chosen`)];
    }),
  );
  const taken = findings.flat();
  return taken.length > 0 ? taken : [ok('Ports', 'all free')];
}

const gigabytes = (bytes: number) => (bytes / GB).toFixed(1);
