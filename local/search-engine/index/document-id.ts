import { MeiliError } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { valuesAt } from './paths.ts';

const VALID_ID = /^[A-Za-z0-9_-]{1,511}$/;

/** The id of a document as text; throws `missing_document_id` or `invalid_document_id`. */
export function documentId(document: JsonObject, primaryKey: string): string {
  const [value, second] = valuesAt(document, primaryKey);
  if (value === undefined) {
    throw new MeiliError(
      'missing_document_id',
      `Document doesn't have a \`${primaryKey}\` attribute: \`${JSON.stringify(document)}\`.`,
    );
  }
  if (second !== undefined) {
    throw new MeiliError(
      'invalid_document_id',
      `Document have too many matching \`${primaryKey}\` attribute: \`${JSON.stringify(document)}\`.`,
    );
  }
  return validId(value);
}

function validId(value: JsonValue): string {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text === 'string' && VALID_ID.test(text)) return text;
  throw new MeiliError(
    'invalid_document_id',
    `Document identifier \`${JSON.stringify(value)}\` is invalid. A document identifier can be of type integer or string, only composed of alphanumeric characters (a-z A-Z 0-9), hyphens (-) and underscores (_), and can not be more than 511 bytes.`,
  );
}

/** Finds the primary key when none was given: the one field whose name ends with "id". */
export function inferPrimaryKey(document: JsonObject): string {
  const candidates = Object.keys(document)
    .filter((name) => name.toLowerCase().endsWith('id'))
    .sort();
  const [first, second] = candidates;
  if (first === undefined) {
    throw new MeiliError(
      'index_primary_key_no_candidate_found',
      'The primary key inference failed as the engine did not find any field ending with `id` in its name. Please specify the primary key manually using the `primaryKey` query parameter.',
    );
  }
  if (second !== undefined) {
    throw new MeiliError(
      'index_primary_key_multiple_candidates_found',
      `The primary key inference failed as the engine found ${candidates.length} fields ending with \`id\` in their names: '${first}' and '${second}'. Please specify the primary key manually using the \`primaryKey\` query parameter.`,
    );
  }
  return first;
}
