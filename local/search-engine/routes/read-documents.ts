import { MeiliError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { checkMediaType, parseJson } from './body.ts';
import type { RequestBody } from './route.ts';

const LINES_PER_SLICE = 50;

function asDocument(value: unknown, what: string): JsonObject {
  if (isObject(value)) return value;
  throw new MeiliError(
    'malformed_payload',
    `The \`${what}\` payload provided is malformed. \`Couldn't serialize document value: invalid type: expected a map\`.`,
  );
}

/** One document a line; yields between slices so that a large body does not hold up searches. */
async function readLines(text: string): Promise<JsonObject[]> {
  const documents: JsonObject[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    documents.push(asDocument(parseJson(line, '`ndjson`'), 'ndjson'));
    if (at % LINES_PER_SLICE === LINES_PER_SLICE - 1) await new Promise(setImmediate);
  }
  return documents;
}

/** Reads the documents of an addition: a JSON array, a single JSON object, or NDJSON. */
export async function readDocuments({ contentType, bytes }: RequestBody): Promise<JsonObject[]> {
  const type = checkMediaType(contentType, ['application/json', 'application/x-ndjson', 'text/csv']);
  if (type === 'text/csv') {
    throw new MeiliError('invalid_content_type', 'CSV is not supported by the embedded search engine.');
  }
  const kind = type === 'application/json' ? 'json' : 'ndjson';
  if (bytes.length === 0) throw new MeiliError('missing_payload', `A ${kind} payload is missing.`);
  const text = Buffer.from(bytes).toString('utf8');
  if (kind === 'ndjson') return readLines(text);
  const value = parseJson(text, '`json`');
  return Array.isArray(value) ? value.map((document) => asDocument(document, kind)) : [asDocument(value, kind)];
}
