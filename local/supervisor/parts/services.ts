import { join } from 'node:path';
import { searchKey } from '@eduplatform/contracts/search-key';
import type { PartDefinition } from '../part.ts';
import { logFileOf, type StackContext } from './context.ts';
import { checkReady, nodeProgram } from './node-program.ts';

const BUILD_WITHIN_MS = 300_000;
/** Whoever waits sees how far it is. */
const LARGE_BUILD_WITHIN_MS = 4 * 3_600_000;

/** Variables that hold secrets or open doors: each service gets only those it needs. */
const WITHHELD = {
  DATABASE_URL: undefined,
  MEILI_MASTER_KEY: undefined,
  MEILI_MASTER_KEYS: undefined,
  SIGNING_KEYS_FILE: undefined,
  SMTP_URL: undefined,
};

/** What every program of the stack is told. */
export function commonEnvironment({ config, urls }: StackContext): NodeJS.ProcessEnv {
  return {
    ...WITHHELD,
    NODE_ENV: config.development ? 'development' : 'production',
    EDU_MODE: config.mode,
    METRICS_HOST: config.metricsHost,
    REDIS_PREFIX: config.redisPrefix,
    MEILI_INDEX_PREFIX: config.indexPrefix,
    OTEL_EXPORTER_OTLP_ENDPOINT: urls.traces,
  };
}

export function defineWriteApi(context: StackContext): PartDefinition {
  const { config, ports, urls } = context;
  return defineService(context, 'write-api', 'Write API', urls.writeApi, 30_000, {
    DATABASE_URL: urls.database,
    REDIS_URL: urls.redis,
    SIGNING_KEYS_FILE: config.signingKeysFile,
    SMTP_URL: process.env.SMTP_URL,
    MAIL_DIR: process.env.MAIL_DIR ?? join(config.stateDirectory, 'mail'),
    WEB_URL: process.env.WEB_URL ?? urls.web,
    WRITE_API_HOST: config.ports.writeApi.host,
    WRITE_API_PORT: String(ports.writeApi),
    WRITE_API_METRICS_PORT: String(ports.writeApiMetrics),
  });
}

export function defineIndexer(context: StackContext): PartDefinition {
  const { config, ports, urls } = context;
  // It is ready when the read models are built.
  const readyWithinMs = config.scale === null ? BUILD_WITHIN_MS : LARGE_BUILD_WITHIN_MS;
  return defineService(context, 'indexer', 'Indexer', urls.indexer, readyWithinMs, {
    DATABASE_URL: urls.database,
    REDIS_URL: urls.redis,
    MEILI_URL: urls.search,
    MEILI_URLS: process.env.MEILI_URLS,
    MEILI_MASTER_KEY: context.meiliMasterKey,
    MEILI_MASTER_KEYS: process.env.MEILI_MASTER_KEYS,
    WRITE_API_URL: urls.writeApi,
    READ_API_URL: urls.readApi,
    INDEXER_HOST: config.ports.indexer.host,
    INDEXER_PORT: String(ports.indexer),
    INDEXER_METRICS_PORT: String(ports.indexerMetrics),
  });
}

export function defineReadApi(context: StackContext): PartDefinition {
  const { config, ports, urls } = context;
  return defineService(context, 'read-api', 'Read API', urls.readApi, 60_000, {
    REDIS_URL: urls.redis,
    MEILI_URL: urls.search,
    MEILI_URLS: process.env.MEILI_URLS,
    MEILI_SEARCH_KEY: process.env.MEILI_SEARCH_KEY || readerKey(context.meiliMasterKey, config),
    MEILI_SEARCH_KEYS:
      process.env.MEILI_SEARCH_KEYS ||
      process.env.MEILI_MASTER_KEYS?.split(',')
        .map((key) => readerKey(key, config))
        .join(),
    WRITE_API_URL: urls.writeApi,
    READ_API_HOST: config.ports.readApi.host,
    READ_API_PORT: String(ports.readApi),
    READ_API_METRICS_PORT: String(ports.readApiMetrics),
  });
}

const readerKey = (masterKey: string, { indexPrefix }: StackContext['config']): string =>
  searchKey(masterKey.trim(), 'reader', indexPrefix);

function defineService(
  context: StackContext,
  name: string,
  title: string,
  url: string,
  readyWithinMs: number,
  env: NodeJS.ProcessEnv,
): PartDefinition {
  return {
    name,
    title,
    spec: nodeProgram({
      args: [`${name}/main.ts`],
      env: { ...commonEnvironment(context), ...env },
      watch: context.config.development,
    }),
    check: () => checkReady(url),
    readyWithinMs,
    logFile: logFileOf(context, name),
  };
}
