import type { Session } from '@eduplatform/contracts/http/auth';
import type { Viewer } from '../session.ts';
import type { SessionCookies, Tokens } from './cookies.ts';
import { ApiError } from './problem.ts';
import type { Caller, Refresher } from './refresh.ts';
import { readClaims } from './tokens.ts';

/** Refreshed this early, so that a token does not run out between here and an API. */
const REFRESH_AHEAD_SECONDS = 45;
/** How long a page waits for a new token while the old one still holds. */
const PATIENCE_MS = 1_000;

export interface VisitorSession {
  viewer(): Viewer | null;
  accessToken(): string | null;
  /** A new access token, or null when the session is over. */
  renew(): Promise<string | null>;
  start(session: Session): void;
  end(): void;
  /** For signing out at the write API. */
  refreshToken(): string | null;
}

export interface Visit extends Caller {
  method: string;
}

/** The visitor's session as the cookies tell it, refreshed when it is about to run out. */
export async function openSession(
  cookies: SessionCookies,
  refresher: Refresher,
  visit: Visit,
): Promise<VisitorSession> {
  let tokens = cookies.tokens();

  function keep(renewed: Tokens | null): void {
    if (renewed) cookies.save(renewed);
    else cookies.clear();
    tokens = renewed ?? {};
  }

  async function renew(): Promise<string | null> {
    if (!tokens.refreshToken) return null;
    keep(await refresher.refresh(tokens.refreshToken, visit));
    return tokens.accessToken ?? null;
  }

  /** Refreshes a token that still holds, unless that would keep a reader waiting. */
  async function renewAhead(refreshToken: string): Promise<void> {
    const isPaused = refresher.isPaused();
    if (isPaused && !refresher.knows(refreshToken)) return;
    const exchange = refresher.refresh(refreshToken, visit);
    const outcome = await within(isPaused ? 0 : PATIENCE_MS, exchange);
    // The exchange goes on: giving it up could lose the new tokens. The visitor's next request finds its outcome.
    if (outcome === TOO_SLOW) refresher.pause();
    else keep(outcome);
  }

  const claims = () => readClaims(tokens.accessToken);
  const isLasting = (seconds: number) => (claims()?.exp ?? 0) > Date.now() / 1000 + seconds;

  if (tokens.refreshToken && !isLasting(REFRESH_AHEAD_SECONDS)) {
    try {
      if (isLasting(0) && isReading(visit.method)) await renewAhead(tokens.refreshToken);
      else await renew();
    } catch (error) {
      // The write API is away. Readers carry on: with a token that still holds, or without one until it is back.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  return {
    viewer() {
      const known = claims();
      return known && { id: known.sub, name: known.name, role: known.role };
    },
    accessToken: () => (isLasting(0) ? (tokens.accessToken ?? null) : null),
    renew,
    start({ accessToken, refreshToken }) {
      tokens = { accessToken, refreshToken };
      cookies.save({ accessToken, refreshToken });
    },
    end() {
      tokens = {};
      cookies.clear();
    },
    refreshToken: () => tokens.refreshToken ?? null,
  };
}

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

const TOO_SLOW = Symbol('too slow');

/** What the work came to, or TOO_SLOW when that takes more than so many milliseconds. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | typeof TOO_SLOW> {
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<typeof TOO_SLOW>((resolve) => {
    timer = setTimeout(resolve, ms, TOO_SLOW);
  });
  try {
    return await Promise.race([work, slow]);
  } finally {
    clearTimeout(timer);
  }
}
