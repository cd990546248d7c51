import { mkdir } from 'node:fs/promises';
import { assertSearchHolds } from '../scales/assert-search-holds.ts';
import { redisUrl } from '../servers/redis.ts';
import { chooseSearch, searchUrl } from '../servers/search.ts';
import { assignPorts } from './assign-ports.ts';
import type { PortName, StackConfig } from './config.ts';
import type { StackContext } from './parts/context.ts';
import { jaegerEndpoint } from './parts/traces.ts';
import { loadSecrets, type StackSecrets } from './secrets.ts';

/** Decides everything that has to stand before the first process starts: folders, secrets, ports, addresses. */
export async function planStack(config: StackConfig): Promise<StackContext> {
  assertSearchHolds(config.scale, !config.own.meiliUrl && chooseSearch().kind === 'built-in');
  await mkdir(config.logDirectory, { recursive: true });
  const secrets = await loadSecrets(config.stateDirectory);
  const { own } = config;
  const ports = await assignPorts(config.ports, neededPorts(config));
  const on = (name: PortName) => `http://${reachable(config.ports[name].host)}:${ports[name]}`;
  return {
    config,
    ports,
    secrets,
    meiliMasterKey: config.meiliMasterKey ?? secrets.meiliMasterKey,
    urls: {
      database: own.databaseUrl ?? databaseUrl(secrets, ports.postgres, config.database),
      redis: own.redisUrl ?? redisUrl(ports.redis),
      search: own.meiliUrl ?? searchUrl(ports.search),
      traces: own.otlpEndpoint ?? (await jaegerEndpoint()) ?? `http://127.0.0.1:${ports.traces}`,
      readApi: on('readApi'),
      writeApi: on('writeApi'),
      indexer: on('indexer'),
      web: on('web'),
    },
  };
}

/** The superuser's connection string of a database on the stack's own Postgres. */
export const databaseUrl = ({ postgresPassword }: StackSecrets, port: number, database: string): string =>
  `postgres://postgres:${postgresPassword}@127.0.0.1:${port}/${database}`;

/** The ports of what the stack itself will start. */
function neededPorts({ own, ports }: StackConfig): PortName[] {
  const given: Partial<Record<PortName, string | undefined>> = {
    postgres: own.databaseUrl,
    redis: own.redisUrl,
    search: own.meiliUrl,
    traces: own.otlpEndpoint,
  };
  return (Object.keys(ports) as PortName[]).filter((name) => !given[name]);
}

/** Where to reach a server that listens on all addresses. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
