/** What one caller may ask of a route class. */
export interface RateLimit {
  windowMs: number;
  /** Requests of one caller in a window. */
  max: number;
  /** How many times as much our own network gets when it asks without naming a caller: the storefront speaks for many. */
  unnamedFactor: number;
  /** Counted in Redis before the answer, so that several processes together never let more through. */
  exact?: true;
  /** Counted by address and route, whoever is signed in. */
  byAddress?: true;
}

const SECONDS = 1000;
const MINUTE = 60 * SECONDS;

/** The limits of every route class. A school is one address, so what needs no sign-in is generous. */
export const RATE_LIMITS = {
  read: { windowMs: 10 * SECONDS, max: 1500, unnamedFactor: 100 },
  search: { windowMs: 10 * SECONDS, max: 60, unnamedFactor: 10 },
  position: { windowMs: 10 * SECONDS, max: 120, unnamedFactor: 10 },
  stream: { windowMs: MINUTE, max: 60, unnamedFactor: 10 },
  command: { windowMs: MINUTE, max: 600, unnamedFactor: 10 },
  auth: { windowMs: MINUTE, max: 60, unnamedFactor: 1, exact: true, byAddress: true },
  refresh: { windowMs: MINUTE, max: 600, unnamedFactor: 1, byAddress: true },
  expensive: { windowMs: MINUTE, max: 120, unnamedFactor: 1, exact: true },
} as const satisfies Record<string, RateLimit>;

export type RateClass = keyof typeof RATE_LIMITS;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route's rate class where the one that its method and path give does not fit; false: it has no limit. */
    rateClass?: RateClass | false;
  }
}

/** What operations ask about a service itself, and the public keys, on which every sign-in depends. */
const EXEMPT = /^\/(livez|readyz|docs|\.well-known)(\/|$)/;
const RENEWING = /^\/v1\/auth\/(refresh|logout)$/;

/** The class of a route, so that a new one is never without: what it says itself, else by its method and path. */
export function rateClassOf(method: string, path: string, configured?: RateClass | false): RateClass | null {
  if (configured !== undefined) return configured || null;
  if (EXEMPT.test(path)) return null;
  if (method === 'GET' || method === 'HEAD') return 'read';
  if (RENEWING.test(path)) return 'refresh';
  return path.startsWith('/v1/auth/') ? 'auth' : 'command';
}
