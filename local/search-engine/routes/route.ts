import type { Engine } from '../engine/engine.ts';
import { MeiliError } from '../errors.ts';
import type { Access } from '../keys/access.ts';

/** What a route gets to see of a request. */
export interface RouteContext {
  engine: Engine;
  access: Access;
  /** Values of the `:parameters` of the path. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: RequestBody;
}

export interface RequestBody {
  contentType: string | undefined;
  bytes: Uint8Array;
  /** The body as JSON; throws when it is missing, malformed or declared as something else. */
  json(): unknown;
}

export interface Answer {
  status: number;
  /** undefined: no body. */
  body?: unknown;
}

export interface Route {
  method: string;
  /** `/indexes/:indexUid/search` */
  path: string;
  /** What the key must allow; null: open to all. */
  action: string | null;
  handle(context: RouteContext): Answer | Promise<Answer>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const accepted = (body: unknown): Answer => ({ status: 202, body });

const UID = /^[A-Za-z0-9_-]{1,512}$/;

/** Checks the name of an index; throws `invalid_index_uid`. */
export function indexUid(text: string, place?: string): string {
  if (UID.test(text)) return text;
  throw new MeiliError(
    'invalid_index_uid',
    `${place === undefined ? '' : `Invalid value at \`${place}\`: `}\`${text}\` is not a valid index uid. Index uid can be an integer or a string containing only alphanumeric characters, hyphens (-) and underscores (_), and can not be more than 512 bytes.`,
  );
}

/** The parameter of that name; routes are only entered when their pattern has matched. */
export function param({ params }: RouteContext, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}

export const indexParam = (context: RouteContext): string => indexUid(param(context, 'indexUid'));
