import { check } from 'k6';
import http, { type RefinedResponse } from 'k6/http';
import { readApi, writeApi } from './world.ts';

type Answer = RefinedResponse<'text'>;

export interface Asked {
  /** What the request counts as: paths with ids in them would each be a metric of their own. */
  name: string;
  token?: string;
  /** Position that the answer is to be at least as fresh as. */
  after?: string | undefined;
}

const headersOf = ({ token, after }: Asked): Record<string, string> => ({
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
  ...(after !== undefined && { 'x-read-after': after }),
});

/** GET from the read API; anything but a 200 fails the check. */
export const read = (path: string, asked: Asked): Answer => get(readApi + path, asked);

export function get(url: string, asked: Asked): Answer {
  const answer = http.get<'text'>(url, { headers: headersOf(asked), tags: { name: asked.name } });
  check(answer, { 'answers 200': ({ status }) => status === 200 });
  return answer;
}

export interface Command extends Asked {
  body?: object;
  ifMatch?: number;
  /** By which a command that is sent twice is done once; a payment needs one. */
  idempotencyKey?: string;
  /** Statuses that are no failure. */
  expected?: number[];
}

/** A command to the write API. */
export function command(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, given: Command): Answer {
  const { name, body, ifMatch, idempotencyKey, expected = [200, 201] } = given;
  const headers = {
    ...headersOf(given),
    ...(body && { 'content-type': 'application/json' }),
    ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
  const answer = http.request<'text'>(method, writeApi + path, body ? JSON.stringify(body) : null, {
    ...{ headers, tags: { name }, responseCallback: http.expectedStatuses(...expected) },
  });
  check(answer, { 'is accepted': ({ status }) => expected.includes(status) });
  return answer;
}

/** The position of what a command wrote, for who is to see it at once. */
export const positionOf = ({ headers }: Answer): string | undefined => headers['X-Outbox-Position'];

export const jsonOf = <T>(answer: Answer): T => JSON.parse(answer.body ?? 'null') as T;
