/** What is stored of a refresh token. */
export interface StoredRefreshToken {
  expiresAt: Date;
  /** When it was exchanged for the next one. */
  replacedAt: Date | null;
  revokedAt: Date | null;
  /** When the newest exchange in its family happened. */
  familyReplacedAt: Date | null;
}

/** Two tabs may refresh with the same token at the same moment. */
const FORGIVEN_MS = 10_000;

/**
 * What presenting a refresh token means: `exchange` it for the next one; `reuse`: it was exchanged before, so somebody
 * has a copy and the whole family must end; `invalid`: it is over. The token before the current one is forgiven for ten
 * seconds, because of concurrent refreshes and lost answers.
 */
export function decideRefresh(token: StoredRefreshToken, now: Date): 'exchange' | 'reuse' | 'invalid' {
  if (token.revokedAt || token.expiresAt <= now) return 'invalid';
  if (!token.replacedAt) return 'exchange';
  const isPrevious = token.replacedAt.getTime() === token.familyReplacedAt?.getTime();
  const isRecent = now.getTime() - token.replacedAt.getTime() <= FORGIVEN_MS;
  return isPrevious && isRecent ? 'exchange' : 'reuse';
}
