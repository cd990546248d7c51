import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { HEADERS } from '@eduplatform/contracts/headers';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { Type } from '@sinclair/typebox';

/** Header schema of commands on an existing course, for the API's description; ifMatchOf judges the value. */
export const IfMatchHeaders = Type.Object({
  'if-match': Type.Optional(Type.String({ description: 'ETag of the draft that you saw: "<version>"' })),
});

/** Header schema of commands that create. */
export const IdempotencyHeaders = Type.Object({
  [HEADERS.idempotencyKey]: Type.Optional(
    Type.String({ description: 'A key of your own; a retry with it is answered as the first request was' }),
  ),
});

/** The draft version in If-Match. Throws version_required when there is none, invalid_if_match when it is not one. */
export function ifMatchOf(request: FastifyRequest): number {
  const header = request.headers['if-match'];
  if (header === undefined) throw new ProblemError('version_required');
  const match = /^"(\d{1,15})"$/.exec(header.trim());
  if (!match) throw new ProblemError('invalid_if_match', 'If-Match must be a version in double quotes, such as "7"');
  return Number(match[1]);
}

export interface IdempotencyRequest {
  userId: string;
  key: string;
  /** Hash of what was asked for. */
  requestHash: Buffer;
}

/** The Idempotency-Key of a request with a hash of what it asks for, or null when it carries none. */
export function idempotencyOf(request: FastifyRequest, userId: string): IdempotencyRequest | null {
  const key = request.headers[HEADERS.idempotencyKey];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new ProblemError('invalid_idempotency_key', 'send 1 to 200 visible ASCII characters');
  }
  const asked = JSON.stringify([request.method, request.url, request.body ?? null]);
  return { userId, key, requestHash: createHash('sha256').update(asked).digest() };
}
