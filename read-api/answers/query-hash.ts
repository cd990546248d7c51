import { createHash } from 'node:crypto';

/** Nine bytes that stand for a query: a cursor is good for the query that it came from and for no other. */
export const queryHash = (...parts: unknown[]): Buffer =>
  createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 9);
