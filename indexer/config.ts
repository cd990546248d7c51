import { Type, type Static } from '@sinclair/typebox';
import { searchServers, type SearchServer } from '@eduplatform/contracts/search-servers';
import { readConfig } from '@eduplatform/http-kit/config';
import type { Ages } from './retention/decide.ts';

const DAY_MS = 24 * 3_600_000;

const Port = (value: number) => Type.Integer({ minimum: 0, maximum: 65_535, default: value });

const schema = Type.Object({
  DATABASE_URL: Type.String({ minLength: 1, description: 'postgres://…' }),
  REDIS_URL: Type.String({ minLength: 1, description: 'redis://…' }),
  REDIS_PREFIX: Type.String({ default: 'edu' }),
  MEILI_URL: Type.String({ default: '', description: 'http://…' }),
  MEILI_URLS: Type.String({
    default: '',
    description: 'several search servers, comma-separated, instead of MEILI_URL',
  }),
  MEILI_MASTER_KEY: Type.String({ default: '', description: 'makes the indexes and the keys at start' }),
  MEILI_MASTER_KEYS: Type.String({ default: '', description: 'one for each of MEILI_URLS, where they differ' }),
  MEILI_INDEX_PREFIX: Type.String({ default: '', pattern: '^[A-Za-z0-9_-]*$' }),
  INDEXER_HOST: Type.String({ default: '127.0.0.1' }),
  INDEXER_PORT: Port(4003),
  OUTBOX_KEEP_DAYS: Type.Number({ minimum: 1, default: 7, description: 'how long rows are kept that all sinks have' }),
  OUTBOX_MAX_DAYS: Type.Number({ minimum: 1, maximum: 30, default: 30, description: 'how long rows wait for a sink' }),
  INDEXER_POLL_MS: Type.Integer({ minimum: 10, default: 500, description: 'backstop for a lost NOTIFY' }),
  INDEXER_SEARCH_TASK_TIMEOUT_MS: Type.Integer({
    minimum: 1000,
    default: 300_000,
    description: 'after so long without an end of a task of the search engine its documents are sent again',
  }),
  WRITE_API_URL: Type.String({ default: 'http://127.0.0.1:4002', description: 'where the public keys are' }),
  READ_API_URL: Type.String({ default: 'http://127.0.0.1:4001', description: 'asked what readers see' }),
  METRICS_HOST: Type.String({ default: '127.0.0.1' }),
  INDEXER_METRICS_PORT: Port(9303),
  RATE_LIMIT_FACTOR: Type.Number({ exclusiveMinimum: 0, default: 1, description: 'multiplies every rate limit' }),
});

/** The first search server, and those beside it. */
export interface SearchConfig {
  url: string;
  masterKey: string;
  indexPrefix: string;
  /** How long a task is waited for, in milliseconds. */
  taskTimeoutMs?: number;
  /** The sinks `search-2`, `search-3` … */
  further?: { name: SearchServer['name']; url: string; masterKey: string }[];
}

/** What the indexer is told at boot; nothing else in it reads the environment. */
export interface Config {
  databaseUrl: string;
  redis: { url: string; prefix: string };
  search: SearchConfig;
  /** How long a sink waits for a wake-up before it looks by itself, in milliseconds. */
  pollMs: number;
  /** How long the outbox keeps its rows. */
  retention: Ages;
  admin: { host: string; port: number; jwksUrl: string };
  readApiUrl: string;
  metrics: { host: string; port: number };
  /** Multiplies every rate limit. */
  rateLimitFactor: number;
}

/** @throws one error that names every variable that is missing or wrong. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given: Static<typeof schema> = readConfig(schema, env);
  return {
    databaseUrl: given.DATABASE_URL,
    redis: { url: given.REDIS_URL, prefix: given.REDIS_PREFIX },
    search: searchConfig(given),
    pollMs: given.INDEXER_POLL_MS,
    retention: {
      safetyMs: given.OUTBOX_KEEP_DAYS * DAY_MS,
      hardMs: Math.max(given.OUTBOX_KEEP_DAYS, given.OUTBOX_MAX_DAYS) * DAY_MS,
    },
    admin: {
      host: given.INDEXER_HOST,
      port: given.INDEXER_PORT,
      jwksUrl: new URL('/.well-known/jwks.json', given.WRITE_API_URL).href,
    },
    readApiUrl: given.READ_API_URL,
    metrics: { host: given.METRICS_HOST, port: given.INDEXER_METRICS_PORT },
    rateLimitFactor: given.RATE_LIMIT_FACTOR,
  };
}

function searchConfig(given: Static<typeof schema>): SearchConfig {
  const servers = searchServers({
    urls: given.MEILI_URLS,
    url: given.MEILI_URL,
    keys: given.MEILI_MASTER_KEYS,
    key: given.MEILI_MASTER_KEY,
  }).map(({ name, url, key }) => ({ name, url, masterKey: key }));
  if (servers.some(({ masterKey }) => masterKey === '')) throw new Error('MEILI_MASTER_KEY is not set');
  const [first, ...further] = servers;
  if (!first) throw new Error('MEILI_URL is not set');
  const { MEILI_INDEX_PREFIX: indexPrefix, INDEXER_SEARCH_TASK_TIMEOUT_MS: taskTimeoutMs } = given;
  return { url: first.url, masterKey: first.masterKey, indexPrefix, taskTimeoutMs, further };
}

/** Every search server that is configured. */
export const searchSinksOf = ({ url, masterKey, indexPrefix, taskTimeoutMs, further = [] }: SearchConfig) =>
  [{ name: 'search' as const, url, masterKey }, ...further].map((server) => ({
    ...{ ...server, indexPrefix },
    ...(taskTimeoutMs !== undefined && { taskTimeoutMs }),
  }));
