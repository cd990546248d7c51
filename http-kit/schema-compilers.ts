import { Ajv, type Options } from 'ajv';
import addFormats from 'ajv-formats';
import fastJsonStringify from 'fast-json-stringify';
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify';

/**
 * `$id` names a schema for OpenAPI's components. The same schema stands in many routes, so validators and serializers
 * are compiled without the names.
 */
export function withoutIds<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(withoutIds) as T;
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => (key === '$id' ? [] : [[key, withoutIds(value)]])),
  ) as T;
}

// The first error ends the check: a body of a megabyte can hold a million of them.
const base: Options = { allErrors: false, useDefaults: true, strict: 'log', logger: false, allowUnionTypes: true };

/** Bodies are taken at their word: `"5"` is not 5. */
const forBodies = addFormats.default(new Ajv({ ...base, coerceTypes: false }), ['email', 'date-time', 'uri']);
/** Parameters arrive as text, so they are converted; one value may stand for a list of one. */
const forParameters = addFormats.default(new Ajv({ ...base, coerceTypes: 'array' }), ['email', 'date-time', 'uri']);

export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? forBodies : forParameters).compile(withoutIds(schema));

export const serializerCompiler: FastifySerializerCompiler<object> = ({ schema }) =>
  fastJsonStringify(withoutIds(schema));
