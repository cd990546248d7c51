/** What is stored of a refresh token and of the session that it belongs to. */
export interface PresentedToken {
  /** Counts the exchanges in its session that led to it. */
  generation: number;
  expiresAt: Date;
  session: {
    /** Generation of the tokens that are current. */
    generation: number;
    /** When the current generation began. */
    refreshedAt: Date;
    endedAt: Date | null;
  };
}

/** Two tabs may refresh with the same token at the same moment, and an answer may be lost. */
const FORGIVEN_MS = 10_000;

/**
 * What presenting a refresh token means. `advance`: it is current, and the next generation begins. `forgive`: it is of
 * the generation before, which ended in the last ten seconds, so one more token of the current generation is given.
 * `reuse`: it was replaced before, so somebody has a copy and the session must end. `invalid`: it is over.
 *
 * Tokens that were given in a race are of one generation: exchanging one replaces them all, so that a thief who took
 * part in the race is found out as soon as both go on.
 */
export function decideRefresh(token: PresentedToken, now: Date): 'advance' | 'forgive' | 'reuse' | 'invalid' {
  const { session, generation, expiresAt } = token;
  if (session.endedAt) return 'invalid';
  if (generation === session.generation) return expiresAt > now ? 'advance' : 'invalid';
  const isPrevious = generation === session.generation - 1;
  const isRecent = now.getTime() - session.refreshedAt.getTime() <= FORGIVEN_MS;
  return isPrevious && isRecent ? 'forgive' : 'reuse';
}
