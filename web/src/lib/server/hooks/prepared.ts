import { READ_API_URL, WRITE_API_URL } from '$app/env/private';
import type { Handle } from '@sveltejs/kit/hooks';
import { createApi } from '../api.ts';
import { sessionCookies } from '../cookies.ts';
import { openSession } from '../session.ts';

const REFRESH_PATH = '/v1/auth/refresh';

/** Opens the visitor's session and both APIs for the request. */
export const prepared: Handle = async ({ event, resolve }) => {
  const { locals } = event;
  const cookies = sessionCookies(event.cookies, event.url.protocol === 'https:');
  const session = await openSession(cookies, WRITE_API_URL + REFRESH_PATH);
  locals.session = session;
  locals.api = createApi({
    readUrl: READ_API_URL,
    writeUrl: WRITE_API_URL,
    requestId: locals.requestId,
    forwardedFor: forwardedFor(event.request.headers.get('x-forwarded-for'), event.getClientAddress()),
    accessToken: session.accessToken,
    renewAccessToken: session.renew,
    readAfter: cookies.position,
    onWrite: cookies.advance,
  });
  return resolve(event);
};

/** The chain of addresses, ours appended: who reads it decides how much of it to believe. */
const forwardedFor = (chain: string | null, address: string): string => (chain ? `${chain}, ${address}` : address);
