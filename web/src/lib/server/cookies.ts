import { isPosition, maxPosition, type Position } from '@eduplatform/contracts/positions';
import { REFRESH_TOKEN_SECONDS } from '@eduplatform/contracts/tokens';
import type { Cookies } from '@sveltejs/kit';

const ACCESS = 'edu_access';
const REFRESH = 'edu_refresh';
const POSITION = 'edu_position';
/** After this long every read model has passed the position, or something is wrong that waiting does not mend. */
const POSITION_SECONDS = 600;

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** The cookies of a session; no script can read them. */
export interface SessionCookies {
  tokens(): Partial<Tokens>;
  save(tokens: Tokens): void;
  clear(): void;
  /** Position of the visitor's last write; null when there was none lately. */
  position(): Position | null;
  /** Remembers a write; an earlier position never replaces a later one. */
  advance(position: Position): void;
}

/** `secure` is true over https alone: over http a browser would drop a Secure cookie, and sign-in with it. */
export function sessionCookies(cookies: Cookies, secure: boolean): SessionCookies {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  const position = () => {
    const text = cookies.get(POSITION);
    return isPosition(text) ? text : null;
  };
  return {
    tokens() {
      const accessToken = cookies.get(ACCESS);
      const refreshToken = cookies.get(REFRESH);
      return { ...(accessToken && { accessToken }), ...(refreshToken && { refreshToken }) };
    },
    save({ accessToken, refreshToken }) {
      cookies.set(ACCESS, accessToken, { ...options, maxAge: REFRESH_TOKEN_SECONDS });
      cookies.set(REFRESH, refreshToken, { ...options, maxAge: REFRESH_TOKEN_SECONDS });
    },
    clear() {
      for (const name of [ACCESS, REFRESH, POSITION]) cookies.delete(name, options);
    },
    position,
    advance(next) {
      cookies.set(POSITION, mergePosition(position(), next), { ...options, maxAge: POSITION_SECONDS });
    },
  };
}

export const mergePosition = (known: Position | null, next: Position): Position =>
  known === null ? next : maxPosition(known, next);
