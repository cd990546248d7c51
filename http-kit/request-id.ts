import { randomUUID } from 'node:crypto';
import { HEADERS } from '@eduplatform/contracts/headers';
import type { IncomingMessage } from 'node:http';

const ACCEPTED = /^[A-Za-z0-9._-]{8,64}$/;

/** The caller's request id when it is a harmless one, else a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers[HEADERS.requestId];
  return typeof given === 'string' && ACCEPTED.test(given) ? given : randomUUID();
}
