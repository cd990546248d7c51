import type { FastifySchema, RouteOptions } from 'fastify';
import { HEADERS } from '@eduplatform/contracts/headers';
import { Problem } from '@eduplatform/contracts/problems';
import { rateClassOf } from './rate-limits/classes.ts';

const PROBLEM = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

/** What each status says, whatever the route. */
const DESCRIPTIONS = {
  400: 'The request is not valid',
  401: 'Nobody is signed in, or the token is not valid',
  403: 'Not allowed to you',
  404: 'There is no such thing, or not for you',
  409: 'It conflicts with how things stand',
  412: 'Somebody changed it meanwhile',
  413: 'The body is too large',
  415: 'The body is not JSON',
  422: 'Well formed, but against a rule',
  428: 'The version that you saw, or the Idempotency-Key, is missing',
  429: 'Too many requests; Retry-After says when to come back',
  503: 'Not possible right now; Retry-After says when to come back',
} as const;
type Status = keyof typeof DESCRIPTIONS;

const has = (part: unknown, name: string): boolean =>
  Object.hasOwn((part as { properties?: object } | undefined)?.properties ?? {}, name);

/** Which refusals a route can answer with, by what it takes. */
function refusals(schema: FastifySchema, method: string, isLimited: boolean): Status[] {
  const isCommand = method !== 'GET' && method !== 'HEAD';
  const mayNeedSignIn = schema.security !== undefined;
  return [
    400,
    401,
    ...(mayNeedSignIn ? [403 as const] : []),
    ...(schema.params || schema.body || schema.querystring ? [404 as const] : []),
    ...(isCommand ? ([409, 413, 415, 422] as const) : []),
    ...(has(schema.headers, 'if-match') ? [412 as const] : []),
    ...(has(schema.headers, 'if-match') || has(schema.headers, HEADERS.idempotencyKey) ? [428 as const] : []),
    ...(isLimited ? [429 as const] : []),
    503,
  ];
}

/** The schema of a route as it is described: with every refusal that the server, not the route alone, can answer with. */
export function describeProblems(given: FastifySchema | undefined, url: string, route: RouteOptions): FastifySchema {
  const schema = given ?? {};
  if (schema.hide) return schema;
  const method = String([route.method].flat()[0]);
  const isLimited = rateClassOf(method, url, route.config?.rateClass) !== null;
  const answers = Object.entries((schema.response ?? {}) as Record<string, unknown>);
  // A route may name a refusal by itself; it is described like all others.
  const own = answers.map(([status]) => Number(status)).filter((status): status is Status => status in DESCRIPTIONS);
  const statuses = new Set<Status>([...refusals(schema, method, isLimited), ...own]);
  return {
    ...schema,
    response: Object.fromEntries([
      ...answers.filter(([status]) => !(status in DESCRIPTIONS)),
      ...(has(schema.headers, 'if-none-match')
        ? [['304', { description: 'What you hold is still so', type: 'null' }]]
        : []),
      ...[...statuses].sort().map((status) => [String(status), PROBLEM(DESCRIPTIONS[status])]),
    ]) as Record<string, unknown>,
  };
}
