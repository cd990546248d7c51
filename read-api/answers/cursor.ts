import { ProblemError } from '@eduplatform/http-kit/problem';

/** An opaque cursor: the hash of the query and the place reached in it. */
export const encodeCursor = (queryHash: Buffer, place: string): string =>
  Buffer.concat([queryHash, Buffer.from(place)]).toString('base64url');

/** The place in a cursor of this query. Throws invalid_cursor for anything else. */
export function decodeCursor(cursor: string, queryHash: Buffer): string {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.toString('base64url') !== cursor) throw invalidCursor('it is damaged');
  if (!bytes.subarray(0, queryHash.length).equals(queryHash)) throw invalidCursor('it belongs to another query');
  return bytes.subarray(queryHash.length).toString();
}

export const invalidCursor = (why: string): ProblemError => new ProblemError('invalid_cursor', `cursor: ${why}`);
