import { MeiliError } from '../errors.ts';
import { describeJson, isObject, type JsonObject } from '../json.ts';

/** Small readers for request bodies: each checks one value and answers it typed, or throws with the field's code. */
export type Reader<T> = (value: unknown, path: string, code: string) => T;

export interface Field<T> {
  read: Reader<T>;
  /** Error code of Meilisearch for a wrong value. */
  code: string;
}

export const field = <T>(read: Reader<T>, code: string): Field<T> => ({ read, code });

const wrongType = (value: unknown, path: string, code: string, expected: string): MeiliError =>
  new MeiliError(
    code,
    `Invalid value type${path === '' ? '' : ` at \`${path}\``}: expected ${expected}, but found ${describeJson(value)}`,
  );

export const string: Reader<string> = (value, path, code) => {
  if (typeof value !== 'string') throw wrongType(value, path, code, 'a string');
  return value;
};

export const boolean: Reader<boolean> = (value, path, code) => {
  if (typeof value !== 'boolean') throw wrongType(value, path, code, 'a boolean');
  return value;
};

export const number: Reader<number> = (value, path, code) => {
  if (typeof value !== 'number') throw wrongType(value, path, code, 'a number');
  return value;
};

export const positiveInteger: Reader<number> = (value, path, code) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw wrongType(value, path, code, 'a positive integer');
  }
  return value;
};

export const anything: Reader<unknown> = (value) => value;

export const object: Reader<JsonObject> = (value, path, code) => {
  if (!isObject(value)) throw wrongType(value, path, code, 'an object');
  return value;
};

export const nullable =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value, path, code) =>
    value === null ? null : read(value, path, code);

export const array =
  <T>(read: Reader<T>): Reader<T[]> =>
  (value, path, code) => {
    if (!Array.isArray(value)) throw wrongType(value, path, code, 'an array');
    return value.map((element: unknown, index) => read(element, `${path}[${index}]`, code));
  };

export const record =
  <T>(read: Reader<T>): Reader<Record<string, T>> =>
  (value, path, code) =>
    Object.fromEntries(
      Object.entries(object(value, path, code)).map(([key, element]) => [key, read(element, `${path}.${key}`, code)]),
    );

export const oneOf =
  <const T extends string>(...values: T[]): Reader<T> =>
  (value, path, code) => {
    const text = string(value, path, code);
    const known = values.find((candidate) => candidate === text);
    if (known === undefined) {
      const listed = values.map((candidate) => `\`${candidate}\``).join(', ');
      throw new MeiliError(code, `Unknown value \`${text}\` at \`${path}\`: expected one of ${listed}`);
    }
    return known;
  };

/** Reads the fields that are there. Fields nobody knows are an error: nothing is passed over in silence. */
export function readFields<F extends Record<string, Field<unknown>>>(
  value: unknown,
  fields: F,
  path = '',
  code = 'bad_request',
): { [K in keyof F]?: F[K] extends Field<infer T> ? T : never } {
  const body = object(value, path, code);
  const result: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(body)) {
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (known === undefined) {
      const expected = Object.keys(fields)
        .map((candidate) => `\`${candidate}\``)
        .join(', ');
      const inside = path === '' ? '' : ` inside \`${path}\``;
      throw new MeiliError(code, `Unknown field \`${name}\`${inside}: expected one of ${expected}`);
    }
    result[name] = known.read(content, `${path}.${name}`, known.code);
  }
  return result as { [K in keyof F]?: F[K] extends Field<infer T> ? T : never };
}

/** Reads query-string parameters with the same rules. */
export function readParameters<F extends Record<string, Field<unknown>>>(
  parameters: URLSearchParams,
  fields: F,
): { [K in keyof F]?: F[K] extends Field<infer T> ? T : never } {
  const body: JsonObject = {};
  for (const [name, value] of parameters) body[name] = value;
  try {
    return readFields(body, fields);
  } catch (error) {
    if (error instanceof MeiliError && error.code === 'bad_request') {
      throw new MeiliError('bad_request', error.message.replace('Unknown field', 'Unknown parameter'));
    }
    throw error;
  }
}

/** A positive integer written in a query string. */
export const integerParameter: Reader<number> = (value, path, code) => {
  const text = string(value, path, code);
  if (!/^\d{1,15}$/.test(text)) {
    throw new MeiliError(
      code,
      `Invalid value in parameter \`${path.slice(1)}\`: could not parse \`${text}\` as a positive integer`,
    );
  }
  return Number(text);
};

export const booleanParameter: Reader<boolean> = (value, path, code) => {
  if (value === 'true' || value === 'false') return value === 'true';
  throw new MeiliError(
    code,
    `Invalid value in parameter \`${path.slice(1)}\`: could not parse \`${String(value)}\` as a boolean, expected either \`true\` or \`false\``,
  );
};

/** Comma-separated values. */
export const listParameter: Reader<string[]> = (value, path, code) =>
  string(value, path, code)
    .split(',')
    .map((part) => part.trim());
