import type { PortName } from './config.ts';
import { logFileOf, type StackContext } from './parts/context.ts';
import type { ServiceName, Stack, StackService } from './stack-file.ts';

const SERVICE_OF_PART: Record<string, ServiceName> = {
  postgres: 'postgres',
  redis: 'redis',
  search: 'search',
  'write-api': 'writeApi',
  indexer: 'indexer',
  'read-api': 'readApi',
  web: 'web',
};

/** The name that a part has in stack.json; none for those that are not services. */
export const serviceOfPart = (part: string): ServiceName | undefined => SERVICE_OF_PART[part];

/** The services as they will be, still without processes. */
export function describeServices(context: StackContext): Stack['services'] {
  const { config, ports, urls } = context;
  const metrics = (name: PortName) => `http://127.0.0.1:${ports[name]}/metrics`;
  const ours = (part: string, url: string, port: number, metricsUrl?: string): StackService => ({
    url,
    port,
    ...(metricsUrl ? { metricsUrl } : {}),
    log: logFileOf(context, part),
  });
  const theirs = (url: string): StackService => ({ url, port: portOf(url) });
  return {
    web: ours('web', urls.web, ports.web, metrics('webMetrics')),
    readApi: ours('read-api', urls.readApi, ports.readApi, metrics('readApiMetrics')),
    writeApi: ours('write-api', urls.writeApi, ports.writeApi, metrics('writeApiMetrics')),
    indexer: ours('indexer', urls.indexer, ports.indexer, metrics('indexerMetrics')),
    postgres: config.own.databaseUrl ? theirs(urls.database) : ours('postgres', urls.database, ports.postgres),
    redis: config.own.redisUrl ? theirs(urls.redis) : ours('redis', urls.redis, ports.redis),
    search: config.own.meiliUrl ? theirs(urls.search) : ours('search', urls.search, ports.search),
  };
}

const DEFAULT_PORTS: Record<string, number> = {
  'postgres:': 5432,
  'postgresql:': 5432,
  'redis:': 6379,
  'rediss:': 6379,
  'http:': 80,
  'https:': 443,
};

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return Number(port) || (DEFAULT_PORTS[protocol] ?? 0);
}
