import { Type, type Static } from '@sinclair/typebox';
import { readConfig } from '@eduplatform/http-kit/config';
import { SEARCH_MODES } from './tuned/search-modes.ts';

const literals = <const T extends string>(values: readonly T[]) => values.map((value) => Type.Literal(value));

/** What stands around the handlers: that of the product's services, or nothing. */
export const MIDDLEWARE = ['production', 'bare'] as const;
export type Middleware = (typeof MIDDLEWARE)[number];

const BaselineEnvironment = Type.Object({
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, description: 'port to listen on' }),
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://', description: 'the database of the baseline, filled' }),
  POOL_SIZE: Type.Integer({ minimum: 0, default: 0, description: 'connections at most; 0: what the baseline is for' }),
  MIDDLEWARE: Type.Union(literals(MIDDLEWARE), { default: 'production', description: 'production or bare' }),
  WRITE_API_URL: Type.String({ default: 'http://127.0.0.1:4002', pattern: '^https?://' }),
  SEARCH_MODE: Type.Union(literals(SEARCH_MODES), {
    default: 'tsvector',
    description: `of tuned: ${SEARCH_MODES.join(', ')}`,
  }),
  PGBOUNCER: Type.Union(literals(['on', 'off']), {
    default: 'off',
    description: 'of tuned: through pgbouncer of the PATH',
  }),
  SEARCH_FACETS: Type.Union(literals(['on', 'off']), {
    default: 'on',
    description: 'off: searches do not count facets',
  }),
});

export type BaselineConfig = Static<typeof BaselineEnvironment>;

/** The configuration of a baseline; throws one error that names every bad variable. */
export const baselineConfig = (): BaselineConfig => readConfig(BaselineEnvironment);
