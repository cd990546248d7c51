import { LRUCache } from 'lru-cache';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';

/** Of each some 3 kB. */
const MAX_TOKENS = 5000;
/** Milliseconds; so much later it is noticed that a token's key was withdrawn. */
const KEPT_MS = 10_000;

/** Tokens that were found valid a moment ago, so that nothing has to be waited for to know whose they are. */
export class RecentTokens {
  readonly #claims = new LRUCache<string, AccessTokenClaims>({ max: MAX_TOKENS, ttl: KEPT_MS });

  remember(token: string, claims: AccessTokenClaims): void {
    const ttl = Math.min(KEPT_MS, claims.exp * 1000 - Date.now());
    if (ttl > 0) this.#claims.set(token, claims, { ttl });
  }

  /** Undefined: it has expired, or it has to be verified. */
  find(token: string): AccessTokenClaims | undefined {
    return this.#claims.get(token);
  }
}
