import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionCookies, Tokens } from './cookies.ts';
import { createRefresher, type Refresher } from './refresh.ts';
import { openSession } from './session.ts';

const visit = { method: 'GET', requestId: 'request-1', forwardedFor: '192.0.2.7' };
const refreshed: Tokens = { accessToken: tokenFor(900), refreshToken: 'next' };

let answer: () => Promise<Response>;
const fetched = vi.fn((_url: string, _init: RequestInit) => answer());
let refresher: Refresher;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: 0 });
  vi.stubGlobal('fetch', fetched);
  fetched.mockClear();
  answer = async () => Response.json(refreshed);
  refresher = createRefresher('http://write.test/v1/auth/refresh');
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** An access token that runs out so many seconds after the start of the test. */
function tokenFor(exp: number): string {
  const claims = { sub: 'u1', role: 'student', name: 'Ann', iat: 0, exp };
  return `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
}

function cookiesWith(seconds: number, refreshToken = 'old') {
  const accessToken = tokenFor(seconds);
  const save = vi.fn();
  const clear = vi.fn();
  const cookies: SessionCookies = {
    tokens: () => ({ accessToken, refreshToken }),
    save,
    clear,
    position: () => null,
    advance: vi.fn(),
  };
  return { cookies, accessToken, save, clear };
}

const status = (code: number) => async () => new Response(null, { status: code });
const never = () => new Promise<Response>(() => {});

describe('a session that is about to run out', () => {
  it('is refreshed in the name of the visitor, so that limits by address meet the visitor', async () => {
    const { cookies, save } = cookiesWith(30);
    const session = await openSession(cookies, refresher, visit);
    expect(fetched.mock.calls[0]?.[1].headers).toMatchObject({
      'x-forwarded-for': '192.0.2.7',
      'x-request-id': 'request-1',
    });
    expect(save).toHaveBeenCalledWith(refreshed);
    expect(session.accessToken()).toBe(refreshed.accessToken);
  });

  // 403: the account is suspended. A session that stayed would show a name, refuse every page and keep the way to sign in shut.
  it.each([400, 401, 403])('ends when the refresh token is refused (%i)', async (code) => {
    answer = status(code);
    const { cookies, clear } = cookiesWith(30);
    expect((await openSession(cookies, refresher, visit)).viewer()).toBeNull();
    expect(clear).toHaveBeenCalled();
  });

  it.each([429, 500, 503])('goes on with the old token after a %i', async (code) => {
    answer = status(code);
    const { cookies, accessToken, clear } = cookiesWith(30);
    expect((await openSession(cookies, refresher, visit)).accessToken()).toBe(accessToken);
    expect(clear).not.toHaveBeenCalled();
  });

  it('keeps a page waiting for one second, and gives the tokens to the next page', async () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    answer = () => promise;
    const first = cookiesWith(30);
    const opening = openSession(first.cookies, refresher, visit);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await opening).accessToken()).toBe(first.accessToken);

    resolve(Response.json(refreshed));
    await refresher.refresh('old', visit);
    const second = cookiesWith(30);
    const reopening = openSession(second.cookies, refresher, visit);
    await vi.advanceTimersByTimeAsync(0);
    expect((await reopening).accessToken()).toBe(refreshed.accessToken);
    expect(first.save).not.toHaveBeenCalled();
    expect(second.save).toHaveBeenCalledWith(refreshed);
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});

describe('while the write API is away', () => {
  it.each([
    ['failed', status(503), 0],
    ['was slow', never, 1_000],
  ])('no page with a token that holds asks again for ten seconds once it %s', async (_what, outage, wait) => {
    answer = outage;
    const opening = openSession(cookiesWith(40, 'one').cookies, refresher, visit);
    await vi.advanceTimersByTimeAsync(wait);
    await opening;
    await openSession(cookiesWith(40, 'two').cookies, refresher, visit);
    expect(fetched).toHaveBeenCalledTimes(1);

    vi.setSystemTime(wait + 10_001);
    answer = async () => Response.json(refreshed);
    await openSession(cookiesWith(40, 'two').cookies, refresher, visit);
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it.each([429, 503])('a session that ran out asks again only after five seconds (%i)', async (code) => {
    answer = status(code);
    const open = () => openSession(cookiesWith(-1).cookies, refresher, visit);
    expect((await open()).accessToken()).toBeNull();
    vi.setSystemTime(4_999);
    await open();
    expect(fetched).toHaveBeenCalledTimes(1);
    vi.setSystemTime(5_001);
    await open();
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('does not hold one visitor’s limit against others', async () => {
    answer = status(429);
    await openSession(cookiesWith(40, 'one').cookies, refresher, visit);
    await openSession(cookiesWith(40, 'two').cookies, refresher, visit);
    expect(fetched).toHaveBeenCalledTimes(2);
  });
});
