import { HEADERS } from '@eduplatform/contracts/headers';
import { isPosition, parsePosition } from '@eduplatform/contracts/positions';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { IncomingHttpHeaders } from 'node:http';

/** The position that a request wants its data to be at or past; null when it asks for none. Throws invalid_position. */
export function readAfterOf(headers: IncomingHttpHeaders): string | null {
  const value = headers[HEADERS.readAfter];
  if (value === undefined || value === '') return null;
  if (!isPosition(value)) throw new ProblemError('invalid_position', 'X-Read-After is not a position');
  return value;
}

/**
 * Whether a position belongs to a history that ended before the one that a sink follows (the database was restored
 * from a backup): what it names may never come, so that waiting for it is no use.
 */
export const isOfOlderHistory = (position: string, watermark: string | undefined): boolean =>
  watermark !== undefined && parsePosition(position).history < parsePosition(watermark).history;
