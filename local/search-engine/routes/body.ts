import { MeiliError } from '../errors.ts';
import type { RequestBody } from './route.ts';

const JSON_TYPE = 'application/json';

/** The media type without its parameters. */
export const mediaType = (contentType: string | undefined): string | undefined =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase();

export function checkMediaType(contentType: string | undefined, accepted: readonly string[]): string {
  const type = mediaType(contentType);
  const listed = accepted.map((name) => `\`${name}\``).join(', ');
  if (type === undefined || type === '') {
    throw new MeiliError(
      'missing_content_type',
      `A Content-Type header is missing. Accepted values for the Content-Type header are: ${listed}`,
    );
  }
  if (!accepted.includes(type)) {
    throw new MeiliError(
      'invalid_content_type',
      `The Content-Type \`${type}\` is invalid. Accepted values for the Content-Type header are: ${listed}`,
    );
  }
  return type;
}

export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MeiliError('malformed_payload', `The ${what} payload provided is malformed. \`${reason}\`.`);
  }
}

export const createBody = (contentType: string | undefined, bytes: Uint8Array): RequestBody => ({
  contentType,
  bytes,
  json() {
    checkMediaType(contentType, [JSON_TYPE]);
    if (bytes.length === 0) throw new MeiliError('missing_payload', 'A json payload is missing.');
    return parseJson(Buffer.from(bytes).toString('utf8'), 'json');
  },
});
