export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names a JSON type as Meilisearch does in its messages. */
export function describeJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return `a boolean: \`${text}\``;
  if (typeof value === 'string') return `a string: \`${text}\``;
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return `a number: \`${text}\``;
    return value < 0 ? `a negative integer: \`${text}\`` : `a positive integer: \`${text}\``;
  }
  return Array.isArray(value) ? `an array: \`${text}\`` : `an object: \`${text}\``;
}
