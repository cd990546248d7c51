import { join } from 'node:path';
import { databaseOfScale, type Scale } from '@eduplatform/seed/scale/sizes';
import { stateDirectory } from '../platform/paths.ts';

/** A port of the stack: with its variable, so that a message can name it. */
export interface PortSetting {
  variable: string;
  port: number;
  host: string;
  /** Taken as it is; where it is only a preference, any free port will do. */
  fixed: boolean;
}

export type PortName =
  | 'web'
  | 'readApi'
  | 'writeApi'
  | 'indexer'
  | 'webMetrics'
  | 'readApiMetrics'
  | 'writeApiMetrics'
  | 'indexerMetrics'
  | 'postgres'
  | 'redis'
  | 'search'
  | 'traces';

export interface StackConfig {
  stateDirectory: string;
  logDirectory: string;
  mode: 'demo' | 'production';
  /** Hot reload: `npm run dev`. */
  development: boolean;
  /** Which generated data it runs on; null: the demo data or what people made. */
  scale: Scale | null;
  /** Each scale has a database and read models of its own on the same servers. */
  database: string;
  redisPrefix: string;
  indexPrefix: string;
  ports: Record<PortName, PortSetting>;
  /** Servers of the user's own, which the stack then does not start. */
  own: { databaseUrl?: string; redisUrl?: string; meiliUrl?: string; otlpEndpoint?: string };
  meiliMasterKey?: string;
  signingKeysFile: string;
  metricsHost: string;
}

const DATABASE = 'eduplatform';
const LOOPBACK = '127.0.0.1';

export interface StackChoices {
  development?: boolean;
  scale?: Scale | null;
}

/** Reads the environment. @throws naming the variable that makes no sense. */
export function readConfig(
  env: NodeJS.ProcessEnv,
  { development = false, scale = null }: StackChoices = {},
): StackConfig {
  const state = stateDirectory(env);
  const metricsHost = env.METRICS_HOST ?? LOOPBACK;
  const fixed = (variable: string, port: number, host = LOOPBACK) => readPort(env, variable, port, host, true);
  const preferred = (variable: string, port: number) => readPort(env, variable, port, LOOPBACK, false);
  const { REDIS_PREFIX: redisPrefix = 'edu', MEILI_INDEX_PREFIX: indexPrefix = '' } = env;
  const mode = readMode(env.EDU_MODE);
  if (scale !== null && mode === 'production') throw new Error('--scale is for demo mode, and EDU_MODE is production');
  return {
    stateDirectory: state,
    logDirectory: join(state, 'logs'),
    mode,
    development,
    scale,
    database: scale === null ? DATABASE : databaseOfScale(scale),
    redisPrefix: scale === null ? redisPrefix : `${redisPrefix}_${scale}`,
    indexPrefix: scale === null ? indexPrefix : `${indexPrefix}${scale}_`,
    ports: {
      web: fixed('WEB_PORT', 3000, env.WEB_HOST),
      readApi: fixed('READ_API_PORT', 4001, env.READ_API_HOST),
      writeApi: fixed('WRITE_API_PORT', 4002, env.WRITE_API_HOST),
      indexer: fixed('INDEXER_PORT', 4003, env.INDEXER_HOST),
      webMetrics: fixed('WEB_METRICS_PORT', 9300, metricsHost),
      readApiMetrics: fixed('READ_API_METRICS_PORT', 9301, metricsHost),
      writeApiMetrics: fixed('WRITE_API_METRICS_PORT', 9302, metricsHost),
      indexerMetrics: fixed('INDEXER_METRICS_PORT', 9303, metricsHost),
      postgres: preferred('POSTGRES_PORT', 54_329),
      redis: preferred('REDIS_PORT', 63_790),
      search: preferred('SEARCH_PORT', 7709),
      traces: preferred('TRACES_PORT', 4319),
    },
    own: withoutEmpty({
      databaseUrl: env.DATABASE_URL,
      redisUrl: env.REDIS_URL,
      // Of several, the first stands for all where the stack shows one.
      meiliUrl: env.MEILI_URLS?.split(',')[0]?.trim() || env.MEILI_URL,
      otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    }),
    ...withoutEmpty({ meiliMasterKey: env.MEILI_MASTER_KEY }),
    signingKeysFile: env.SIGNING_KEYS_FILE ?? join(state, 'signing-keys.json'),
    metricsHost,
  };
}

function readPort(
  env: NodeJS.ProcessEnv,
  variable: string,
  byDefault: number,
  host = LOOPBACK,
  fixed = true,
): PortSetting {
  const given = env[variable];
  const port = given ? Number(given) : byDefault;
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${variable}=${given} is not a port (1 to 65535)`);
  return { variable, port, host, fixed: fixed || Boolean(given) };
}

function readMode(value: string | undefined): 'demo' | 'production' {
  if (value === undefined || value === '' || value === 'demo') return 'demo';
  if (value === 'production') return 'production';
  throw new Error(`EDU_MODE=${value} is neither demo nor production`);
}

function withoutEmpty<T extends Record<string, string | undefined>>(values: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as { [K in keyof T]?: string };
}
