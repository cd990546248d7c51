import { isUuid } from '@eduplatform/contracts/primitives';
import { ProblemError } from '@eduplatform/http-kit/problem';

/** The cursor after an item: opaque to callers, its id to us. */
export const cursorAfter = (id: string): string => Buffer.from(id).toString('base64url');

/** The id in a cursor. Throws invalid_cursor. */
export function idOfCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!isUuid(id) || cursorAfter(id) !== cursor) throw new ProblemError('invalid_cursor');
  return id;
}
