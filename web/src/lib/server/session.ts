import { createHash } from 'node:crypto';
import type { Session } from '@eduplatform/contracts/http/auth';
import type { Viewer } from '../session.ts';
import type { SessionCookies, Tokens } from './cookies.ts';
import { ApiError } from './problem.ts';
import { bodyOf, sendRequest } from './request.ts';
import { createSingleFlight } from './single-flight.ts';
import { readClaims } from './tokens.ts';

/** Refreshed this early, so that a token does not run out between here and an API. */
const REFRESH_AHEAD_SECONDS = 45;
const REFRESH_TIMEOUT_MS = 5_000;

/** The outcome is kept for requests that were on their way with the old cookie when the new one was set. */
const refreshes = createSingleFlight<Tokens | null>({ keepMs: 30_000, maxKeys: 10_000 });

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

/** The visitor's session as the cookies tell it, refreshed when it is about to run out. */
export async function openSession(cookies: SessionCookies, refreshUrl: string): Promise<VisitorSession> {
  let tokens = cookies.tokens();

  async function renew(): Promise<string | null> {
    const { refreshToken } = tokens;
    if (!refreshToken) return null;
    const renewed = await refreshes(hash(refreshToken), () => requestRefresh(refreshUrl, refreshToken));
    if (renewed) {
      cookies.save(renewed);
      tokens = renewed;
    } else {
      cookies.clear();
      tokens = {};
    }
    return tokens.accessToken ?? null;
  }

  const claims = () => readClaims(tokens.accessToken);
  const isLasting = (seconds: number) => (claims()?.exp ?? 0) > Date.now() / 1000 + seconds;

  if (tokens.refreshToken && !isLasting(REFRESH_AHEAD_SECONDS)) {
    try {
      await renew();
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

/** Tokens in exchange for a refresh token; null when it is refused. Throws ApiError when nobody could answer. */
async function requestRefresh(url: string, refreshToken: string): Promise<Tokens | null> {
  try {
    const response = await sendRequest({
      api: 'write',
      method: 'POST',
      url,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: { refreshToken },
      timeoutMs: REFRESH_TIMEOUT_MS,
    });
    return await bodyOf<Session>('write', response);
  } catch (error) {
    if (error instanceof ApiError && (error.status === 401 || error.status === 400)) return null;
    throw error;
  }
}

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');
