import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, matchesEtag } from '@eduplatform/http-kit/etag';

/** `anyone`: the same answer for every reader; `reader`: it depends on who asks. */
export type Audience = 'anyone' | 'reader';

const CACHE_CONTROL: Record<Audience, string> = {
  anyone: 'public, max-age=0, must-revalidate',
  reader: 'private, no-cache',
};

export interface Answer {
  body: Buffer;
  /** The same as a text where there is one. */
  text?: string;
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
  if (audience === 'reader') headers.vary = 'Authorization';
  // The length is known: of a text it would have to be counted.
  const bodyHeaders = { 'content-length': String(body.length), 'content-type': 'application/json; charset=utf-8' };
  request.server.keptAnswers.keep(request, {
    ...{ answer, etag, headers, bodyHeaders },
    isForAnyone: audience === 'anyone',
  });
  reply.headers(headers);
  if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.headers(bodyHeaders).send(answer.text ?? body);
}
