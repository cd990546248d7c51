import { randomUUID } from 'node:crypto';
import { MeiliError } from '../errors.ts';
import { ACTIONS, checkScope } from '../keys/key.ts';
import {
  array,
  field,
  integerParameter,
  nullable,
  readFields,
  readParameters,
  string,
  type Reader,
} from '../validate/read.ts';
import { ok, param, type Route } from './route.ts';

const DEFAULT_LIMIT = 20;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const uuid: Reader<string> = (value, path, code) => {
  const text = string(value, path, code);
  if (UUID.test(text)) return text.toLowerCase();
  throw new MeiliError(code, `Invalid value at \`${path}\`: \`${text}\` is not a valid UUID`);
};

const action: Reader<string> = (value, path, code) => {
  const text = string(value, path, code);
  if (ACTIONS.some((known) => known === text)) return text;
  throw new MeiliError(
    code,
    `Unknown value \`${text}\` at \`${path}\`: expected one of ${ACTIONS.map((known) => `\`${known}\``).join(', ')}`,
  );
};

const indexPattern: Reader<string> = (value, path, code) => {
  const text = string(value, path, code);
  if (/^(?:[A-Za-z0-9_-]{1,400}\*?|\*)$/.test(text)) return text;
  throw new MeiliError(
    code,
    `Invalid value at \`${path}\`: \`${text}\` is not a valid index uid pattern. Index uid patterns can be an integer or a string containing only alphanumeric characters, hyphens (-), underscores (_), and optionally end with a star (*).`,
  );
};

const expiry: Reader<string> = (value, path, code) => {
  const time = Date.parse(string(value, path, code));
  if (!Number.isFinite(time)) {
    throw new MeiliError(
      code,
      `Invalid value at \`${path}\`: \`${String(value)}\` is not a valid date. It should follow the RFC 3339 format to represents a date or datetime in the future or specified as a null value. e.g. 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM:SS'.`,
    );
  }
  return new Date(time).toISOString();
};

const named = {
  name: field(nullable(string), 'invalid_api_key_name'),
  description: field(nullable(string), 'invalid_api_key_description'),
};

const immutable = (name: string): Reader<never> => {
  return (_value, path, code) => {
    throw new MeiliError(
      code,
      `Immutable field \`${path.slice(1) || name}\`: expected one of \`description\`, \`name\``,
    );
  };
};

const required = <T>(value: T | undefined, name: string, code: string): T => {
  if (value === undefined) throw new MeiliError(code, `Missing field \`${name}\``);
  return value;
};

export const keyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/keys',
    action: 'keys.get',
    handle: ({ engine, query }) => {
      const { offset = 0, limit = DEFAULT_LIMIT } = readParameters(query, {
        offset: field(integerParameter, 'invalid_api_key_offset'),
        limit: field(integerParameter, 'invalid_api_key_limit'),
      });
      const keys = engine.keys.list();
      return ok({ results: keys.slice(offset, offset + limit), offset, limit, total: keys.length });
    },
  },
  {
    method: 'POST',
    path: '/keys',
    action: 'keys.create',
    handle: ({ engine, body }) => {
      const given = readFields(body.json(), {
        ...named,
        uid: field(uuid, 'invalid_api_key_uid'),
        actions: field(array(action), 'invalid_api_key_actions'),
        indexes: field(array(indexPattern), 'invalid_api_key_indexes'),
        expiresAt: field(nullable(expiry), 'invalid_api_key_expires_at'),
      });
      const actions = required(given.actions, 'actions', 'missing_api_key_actions');
      const indexes = required(given.indexes, 'indexes', 'missing_api_key_indexes');
      const expiresAt = required(given.expiresAt, 'expiresAt', 'missing_api_key_expires_at');
      checkScope(actions, indexes);
      const uid = given.uid ?? randomUUID();
      if (engine.keys.has(uid)) {
        throw new MeiliError(
          'api_key_already_exists',
          `\`uid\` field value \`${uid}\` is already an existing API key.`,
        );
      }
      const now = new Date().toISOString();
      const { name = null, description = null } = given;
      const key = { name, description, uid, actions, indexes, expiresAt, createdAt: now, updatedAt: now };
      return { status: 201, body: engine.putKey(key) };
    },
  },
  {
    method: 'GET',
    path: '/keys/:key',
    action: 'keys.get',
    handle: (context) => ok(context.engine.keys.require(param(context, 'key'))),
  },
  {
    method: 'PATCH',
    path: '/keys/:key',
    action: 'keys.update',
    handle: (context) => {
      const given = readFields(context.body.json(), {
        ...named,
        uid: field(immutable('uid'), 'immutable_api_key_uid'),
        actions: field(immutable('actions'), 'immutable_api_key_actions'),
        indexes: field(immutable('indexes'), 'immutable_api_key_indexes'),
        expiresAt: field(immutable('expiresAt'), 'immutable_api_key_expires_at'),
      });
      const { key: _value, ...before } = context.engine.keys.require(param(context, 'key'));
      const { name = before.name, description = before.description } = given;
      return ok(context.engine.putKey({ ...before, name, description, updatedAt: new Date().toISOString() }));
    },
  },
  {
    method: 'DELETE',
    path: '/keys/:key',
    action: 'keys.delete',
    handle: (context) => {
      context.engine.deleteKey(context.engine.keys.require(param(context, 'key')).uid);
      return { status: 204 };
    },
  },
];
