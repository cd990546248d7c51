import { Type, type Static } from '@sinclair/typebox';
import { readConfig } from '@eduplatform/http-kit/config';
import { WORKERS_SETTING } from '@eduplatform/process-kit/workers/count';

const Port = (port: number) => Type.Integer({ minimum: 0, maximum: 65_535, default: port });

const ReadApiEnvironment = Type.Object({
  READ_API_HOST: Type.String({ default: '127.0.0.1' }),
  READ_API_PORT: Port(4001),
  WEB_CONCURRENCY: Type.String(WORKERS_SETTING),
  METRICS_HOST: Type.String({ default: '127.0.0.1' }),
  READ_API_METRICS_PORT: Port(9301),
  REDIS_URL: Type.String({ default: 'redis://127.0.0.1:6379', pattern: '^rediss?://' }),
  REDIS_PREFIX: Type.String({ default: 'edu', minLength: 1 }),
  MEILI_URL: Type.String({ default: 'http://127.0.0.1:7700', pattern: '^https?://' }),
  MEILI_URLS: Type.String({
    default: '',
    description: 'several search servers, comma-separated, instead of MEILI_URL',
  }),
  MEILI_SEARCH_KEY: Type.String({ default: '', description: 'key of the search engine that may only search' }),
  MEILI_SEARCH_KEYS: Type.String({ default: '', description: 'one for each of MEILI_URLS, where they differ' }),
  READ_API_SEARCH_MAX_BEHIND_MS: Type.Integer({
    minimum: 0,
    default: 5000,
    description: 'for how long a search server may be without what the freshest has',
  }),
  MEILI_INDEX_PREFIX: Type.String({ default: '' }),
  WRITE_API_URL: Type.String({ default: 'http://127.0.0.1:4002', pattern: '^https?://' }),
  READ_API_SEARCHES_PER_10S: Type.Integer({ minimum: 1, default: 60, description: 'searches of one caller in 10 s' }),
  RATE_LIMIT_FACTOR: Type.Number({ exclusiveMinimum: 0, default: 1, description: 'multiplies every rate limit' }),
  READ_API_TRUSTED_PROXIES: Type.String({
    default: 'loopback,linklocal,uniquelocal',
    description: 'whose X-Forwarded-For names the caller, for rate limits: addresses, ranges or these names',
  }),
});

export type ReadApiConfig = Static<typeof ReadApiEnvironment>;

/** The read API's configuration; throws one error that names every bad variable. */
export const readApiConfig = (env?: NodeJS.ProcessEnv): ReadApiConfig => readConfig(ReadApiEnvironment, env);
