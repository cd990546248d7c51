import { mkdir } from 'node:fs/promises';
import { redisUrl } from '../servers/redis.ts';
import { searchUrl } from '../servers/search.ts';
import { assignPorts } from './assign-ports.ts';
import type { PortName, StackConfig } from './config.ts';
import type { StackContext } from './parts/context.ts';
import { jaegerEndpoint } from './parts/traces.ts';
import { loadSecrets } from './secrets.ts';

const DATABASE = 'eduplatform';

/** Decides everything that has to stand before the first process starts: folders, secrets, ports, addresses. */
export async function planStack(config: StackConfig): Promise<StackContext> {
  await mkdir(config.logDirectory, { recursive: true });
  const secrets = await loadSecrets(config.stateDirectory);
  const { own } = config;
  const ports = await assignPorts(config.ports, neededPorts(config));
  const on = (name: PortName) => `http://${reachable(config.ports[name].host)}:${ports[name]}`;
  const postgres = `postgres://postgres:${secrets.postgresPassword}@127.0.0.1:${ports.postgres}/${DATABASE}`;
  return {
    config,
    ports,
    secrets,
    meiliMasterKey: config.meiliMasterKey ?? secrets.meiliMasterKey,
    urls: {
      database: own.databaseUrl ?? postgres,
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
