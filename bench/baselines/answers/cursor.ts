import { ProblemError } from '@eduplatform/http-kit/problem';

/** A place in a list as an opaque cursor. */
export const encodeCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** The place in a cursor, as whoever made it wrote it. Throws invalid_cursor. */
export function decodeCursor<T>(cursor: string, isPlace: (value: unknown) => value is T): T {
  const place = parsed(cursor);
  if (!isPlace(place)) throw new ProblemError('invalid_cursor');
  return place;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (error) {
    throw new ProblemError('invalid_cursor', undefined, { cause: error });
  }
}

/** How many rows lie before a page. */
export const decodeOffset = (cursor: string | undefined): number =>
  cursor === undefined ? 0 : decodeCursor(cursor, isOffset);

const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Whether it is a time as `toISOString` writes it. */
export const isTimestamp = (value: unknown): value is string =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
