import { Type, type Static } from '@sinclair/typebox';
import { readConfig } from '@eduplatform/http-kit/config';
import { WORKERS_SETTING } from '@eduplatform/process-kit/workers/count';

const Port = (fallback: number) => Type.Integer({ minimum: 0, maximum: 65535, default: fallback });

const WriteApiConfig = Type.Object({
  EDU_MODE: Type.Union([Type.Literal('demo'), Type.Literal('production')], {
    default: 'production',
    description: 'demo or production; production refuses the demo logins',
  }),
  DATABASE_URL: Type.String({ minLength: 1, description: 'postgres://…' }),
  REDIS_URL: Type.Optional(
    Type.String({
      pattern: '^rediss?://',
      description: 'where rate limits are shared; without it each process has its own',
    }),
  ),
  REDIS_PREFIX: Type.String({ default: 'edu', minLength: 1 }),
  RATE_LIMIT_FACTOR: Type.Number({ exclusiveMinimum: 0, default: 1, description: 'multiplies every rate limit' }),
  SIGNING_KEYS_FILE: Type.String({ minLength: 1, description: 'JSON of private keys; made when missing' }),
  WRITE_API_HOST: Type.String({ default: '127.0.0.1' }),
  WRITE_API_PORT: Port(4002),
  WEB_CONCURRENCY: Type.String(WORKERS_SETTING),
  WRITE_API_TRUSTED_PROXIES: Type.String({
    default: 'loopback,linklocal,uniquelocal',
    description: 'whose X-Forwarded-For names the caller, for rate limits: addresses, ranges or these names',
  }),
  SMTP_URL: Type.Optional(
    Type.String({
      pattern: '^smtps?://',
      description: 'smtp://user:password@host:port; without it mails are written to files in MAIL_DIR',
    }),
  ),
  MAIL_DIR: Type.String({ default: '.local/mail', minLength: 1 }),
  MAIL_FROM: Type.String({ default: 'EduPlatform <no-reply@localhost>', minLength: 3 }),
  WEB_URL: Type.String({
    default: 'http://localhost:3000',
    pattern: '^https?://',
    description: 'the storefront as people reach it: where links in mails lead',
  }),
  PAYMENT_PROVIDER: Type.Optional(
    Type.Union([Type.Literal('mock'), Type.Literal('none')], {
      description: 'mock takes test cards and charges nobody; none takes no payments. mock in demo mode, else none',
    }),
  ),
  METRICS_HOST: Type.String({ default: '127.0.0.1' }),
  WRITE_API_METRICS_PORT: Port(9302),
});
export type WriteApiConfig = Static<typeof WriteApiConfig>;

/** Who takes money: in production nobody, unless the built-in provider, which charges nobody, is asked for. */
export const paymentProviderOf = ({
  PAYMENT_PROVIDER,
  EDU_MODE,
}: Pick<WriteApiConfig, 'PAYMENT_PROVIDER' | 'EDU_MODE'>): 'mock' | 'none' =>
  PAYMENT_PROVIDER ?? (EDU_MODE === 'demo' ? 'mock' : 'none');

/** The configuration of the write API. Throws one error that names every variable that is missing or wrong. */
export const readWriteApiConfig = (env: NodeJS.ProcessEnv = process.env): WriteApiConfig =>
  readConfig(WriteApiConfig, env);
