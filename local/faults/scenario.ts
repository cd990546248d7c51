import type { Arena } from './arena/arena.ts';

export interface ScenarioOptions {
  /** With the long times. */
  isLong: boolean;
  /** Other faults come before, after and meanwhile, so that what was asked of the indexer may come to nothing. */
  isMixed: boolean;
}

export interface Scenario {
  name: string;
  /** Part of the short form. */
  isShort?: boolean;
  /** Why it cannot be played here; null: it can. */
  missing?: (arena: Arena) => string | null | Promise<string | null>;
  /** Brings the fault about while the writers work, and heals what does not heal by itself. */
  run: (arena: Arena, options: ScenarioOptions) => Promise<void>;
}

export const needsOwnSearch = ({ search }: Arena): string | null =>
  search.own ? null : 'the search server is yours (MEILI_URL), so it is not stopped';

export const needsNativeRedis = ({ redis }: Arena): string | null =>
  redis.isNative ? null : 'the built-in Redis keeps nothing; install redis-server';
