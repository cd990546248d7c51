import { INDEXER_URL, READ_API_URL, WRITE_API_URL } from '$app/env/private';
import type { Handle } from '@sveltejs/kit/hooks';
import { createApi } from '../api.ts';
import { sessionCookies } from '../cookies.ts';
import { createRefresher } from '../refresh.ts';
import { openSession } from '../session.ts';

const refresher = createRefresher(`${WRITE_API_URL}/v1/auth/refresh`);

/** Opens the visitor's session and both APIs for the request. */
export const prepared: Handle = async ({ event, resolve }) => {
  const { locals, request } = event;
  const { requestId } = locals;
  const forwardedFor = chainOf(request.headers.get('x-forwarded-for'), event.getClientAddress());
  const cookies = sessionCookies(event.cookies, event.url.protocol === 'https:');
  const session = await openSession(cookies, refresher, { method: request.method, requestId, forwardedFor });
  locals.session = session;
  locals.api = createApi({
    readUrl: READ_API_URL,
    writeUrl: WRITE_API_URL,
    indexerUrl: INDEXER_URL,
    requestId,
    forwardedFor,
    userAgent: request.headers.get('user-agent'),
    accessToken: session.accessToken,
    renewAccessToken: session.renew,
    readAfter: cookies.position,
    onWrite: cookies.advance,
  });
  return resolve(event);
};

/** The chain of addresses, ours appended. `server/forwarded.ts` left a chain only where a proxy is declared. */
const chainOf = (chain: string | null, address: string): string => (chain ? `${chain}, ${address}` : address);
