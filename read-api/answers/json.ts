/** Answers that are put together from stored JSON, as bytes, without parsing it. */

const COMMA = Buffer.from(',');
const NULL = Buffer.from('null');

const joined = (parts: readonly Buffer[]): Buffer[] =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [COMMA, part]));

/** A JSON array of the values. */
export const arrayOf = (values: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('['), ...joined(values), Buffer.from(']')]);

/** The JSON object, which has members already, with more of them; null stands for itself. */
export function withMembers(object: Buffer | object, members: Record<string, Buffer | null>): Buffer {
  const bytes = Buffer.isBuffer(object) ? object : Buffer.from(JSON.stringify(object));
  const more = Object.entries(members).flatMap(([name, value]) => [Buffer.from(`,"${name}":`), value ?? NULL]);
  return Buffer.concat([bytes.subarray(0, bytes.lastIndexOf('}')), ...more, Buffer.from('}')]);
}

/** A page of a list, with more members where its answer has them. */
export const pageBody = (
  items: readonly Buffer[],
  nextCursor: string | null,
  more: Record<string, Buffer> = {},
): Buffer =>
  withMembers(Buffer.concat([Buffer.from('{"items":'), arrayOf(items), Buffer.from('}')]), {
    nextCursor: Buffer.from(JSON.stringify(nextCursor)),
    ...more,
  });

/** Parses a stored document. Documents are written by the indexer alone, in the form that the contracts give them. */
export const parseDocument = <T>(body: Buffer): T => JSON.parse(body.toString()) as T;
