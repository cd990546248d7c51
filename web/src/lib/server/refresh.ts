import { createHash } from 'node:crypto';
import { HEADERS } from '@eduplatform/contracts/headers';
import type { Session } from '@eduplatform/contracts/http/auth';
import { doOnce } from '@eduplatform/process-kit/workers/shared-work';
import type { Tokens } from './cookies.ts';
import { ApiError } from './problem.ts';
import { bodyOf, sendRequest } from './request.ts';
import { createSingleFlight } from './single-flight.ts';

const TIMEOUT_MS = 5_000;
/** How long pages with a token that still holds go without refreshing it, once the write API did not answer. */
const PAUSE_MS = 10_000;
/** The session is over: its token is none or was used, or its account is suspended (403). */
const REFUSALS = [400, 401, 403];

/** Whom a request is made for, as the APIs are told. */
export interface Caller {
  requestId: string;
  /** Addresses from the visitor to here, for limits by address. */
  forwardedFor: string;
}

export interface Refresher {
  /** Tokens in exchange for a refresh token; null when it is refused. Throws ApiError when nobody could answer. */
  refresh(refreshToken: string, caller: Caller): Promise<Tokens | null>;
  /** Whether an exchange of this token is under way or ended just now, so that asking costs the write API nothing. */
  knows(refreshToken: string): boolean;
  /** Whether the write API lately failed or was slow to answer; one visitor's exceeded limit is not that. */
  isPaused(): boolean;
  pause(): void;
}

/** Exchanges refresh tokens for all visitors, together with the other processes of this storefront. */
export function createRefresher(url: string): Refresher {
  // Kept for requests that were on their way with the old cookie when the new one was set.
  const exchanges = createSingleFlight<Tokens | null>({ keepMs: 30_000, keepFailureMs: 5_000, maxKeys: 10_000 });
  let pausedUntil = 0;

  const pause = (): void => {
    pausedUntil = Date.now() + PAUSE_MS;
  };

  async function exchange(refreshToken: string, caller: Caller): Promise<Tokens | null> {
    try {
      return await requestRefresh(url, refreshToken, caller);
    } catch (error) {
      if (error instanceof ApiError && error.status >= 500) pause();
      throw error;
    }
  }

  return {
    refresh(refreshToken, caller) {
      const key = hash(refreshToken);
      return exchanges.run(key, () => doOnce(`refresh ${key}`, () => exchange(refreshToken, caller)));
    },
    knows: (refreshToken) => exchanges.knows(hash(refreshToken)),
    isPaused: () => pausedUntil > Date.now(),
    pause,
  };
}

async function requestRefresh(url: string, refreshToken: string, caller: Caller): Promise<Tokens | null> {
  try {
    const response = await sendRequest({
      api: 'write',
      method: 'POST',
      url,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        [HEADERS.requestId]: caller.requestId,
        'x-forwarded-for': caller.forwardedFor,
      },
      body: { refreshToken },
      timeoutMs: TIMEOUT_MS,
    });
    return await bodyOf<Session>('write', response);
  } catch (error) {
    if (error instanceof ApiError && REFUSALS.includes(error.status)) return null;
    throw error;
  }
}

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');
