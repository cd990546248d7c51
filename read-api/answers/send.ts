import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, matchesEtag } from '@eduplatform/http-kit/etag';

/**
 * `anyone`: the same answer for every reader, and `strangers`: for everybody who is not signed in; both depend on nothing
 * but the address and the read model. `reader`: it depends on who asks, or on more than that.
 */
export type Audience = 'anyone' | 'strangers' | 'reader';

const CACHE_CONTROL: Record<Audience, string> = {
  anyone: 'public, max-age=0, must-revalidate',
  strangers: 'private, no-cache',
  reader: 'private, no-cache',
};

export interface Answer {
  body: Buffer;
  /** Worked out from the body when absent. */
  etag?: string;
}

/** Sends bytes as they are, with an entity tag, or 304 when the reader has them already. */
export function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  audience: Audience,
): FastifyReply {
  const { body, etag = etagOf(body) } = answer;
  const headers: Record<string, string> = { etag, 'cache-control': CACHE_CONTROL[audience] };
  if (audience !== 'anyone') headers.vary = 'Authorization';
  const bodyHeaders = { 'content-length': String(body.length), 'content-type': 'application/json; charset=utf-8' };
  if (audience !== 'reader') request.server.keptAnswers.keep(request, { body, etag, headers, bodyHeaders, audience });
  reply.headers(headers);
  if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.headers(bodyHeaders).send(body);
}
