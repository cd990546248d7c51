import { hash } from 'node:crypto';

/** A hash of a document's content, to tell whether the sink holds the same. 132 bits, base64url. */
export const contentHash = (...parts: (string | undefined)[]): string =>
  hash('sha256', parts.map((part) => part ?? '').join('\u0000'), 'base64url').slice(0, 22);
