import type { FastifyInstance } from 'fastify';

/** `$id` under a name that the OpenAPI plugin leaves alone. */
const NAME = 'x-schema-name';

/** Marks named schemas for openApiDocument; the OpenAPI plugin would drop their `$id`. */
export function markNames<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(markNames) as T;
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => (key === '$id' ? [NAME, value] : [key, markNames(value)])),
  ) as T;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * The OpenAPI 3.1 document of an app: every schema with an `$id` and every refusal becomes a named component, and keys are in a stable
 * order, so that the committed file differs only when the API does. Call after `app.ready()`.
 */
export function openApiDocument(app: FastifyInstance): Json {
  const components: Record<string, Json> = {};
  const problems: Record<string, Json> = {};
  const hoist = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(hoist);
    if (node === null || typeof node !== 'object') return node;
    const { [NAME]: id, ...rest } = node;
    const hoisted = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, hoist(value)]));
    for (const [key, value] of Object.entries(hoisted)) {
      if (!isProblem(value)) continue;
      problems[`Problem${key}`] = value;
      hoisted[key] = { $ref: `#/components/responses/Problem${key}` };
    }
    if (typeof id !== 'string') return hoisted;
    components[id] = hoisted;
    return { $ref: `#/components/schemas/${id}` };
  };
  const document = hoist(app.swagger() as unknown as Json) as Record<string, Json>;
  const declared = document['components'] as Record<string, Json> | undefined;
  document['components'] = { ...declared, responses: sortKeys(problems), schemas: sortKeys(components) };
  document['paths'] = sortKeys(document['paths'] as Record<string, Json>);
  return document;
}

/**
 * Whether this is how a refusal is described: the same for every route, so each status becomes a component. One that says
 * more than a problem stays with its route.
 */
function isProblem(node: Json): boolean {
  if (node === null || typeof node !== 'object' || Array.isArray(node)) return false;
  const content = node['content'] as Record<string, { schema?: { $ref?: string } }> | undefined;
  return content?.['application/problem+json']?.schema?.$ref === '#/components/schemas/Problem';
}

const sortKeys = (object: Record<string, Json>): Record<string, Json> =>
  Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
