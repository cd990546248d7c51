import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, matchesEtag } from './etag.ts';

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
  audience: Audience;
}

/** Sends bytes as they are, with an entity tag, or 304 when the reader has them already. */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const { body, etag = etagOf(body), audience } = answer;
  reply.header('etag', etag).header('cache-control', CACHE_CONTROL[audience]);
  if (audience === 'reader') reply.header('vary', 'Authorization');
  if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send();
  // The length is known: of a text it would have to be counted.
  reply.header('content-length', body.length).header('content-type', 'application/json; charset=utf-8');
  return reply.send(answer.text ?? body);
}
