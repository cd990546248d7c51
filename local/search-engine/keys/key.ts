import { createHmac } from 'node:crypto';
import { MeiliError } from '../errors.ts';

/** An API key as clients see it. */
export interface ApiKey {
  name: string | null;
  description: string | null;
  key: string;
  uid: string;
  actions: string[];
  indexes: string[];
  expiresAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export const ACTIONS = [
  '*',
  '*.get',
  'search',
  ...['*', 'add', 'get', 'delete'].map((verb) => `documents.${verb}`),
  ...['*', 'create', 'get', 'update', 'delete', 'swap', 'compact'].map((verb) => `indexes.${verb}`),
  ...['*', 'cancel', 'delete', 'get', 'compact'].map((verb) => `tasks.${verb}`),
  ...['*', 'get', 'update'].map((verb) => `settings.${verb}`),
  ...['stats.*', 'stats.get', 'metrics.*', 'metrics.get', 'dumps.*', 'dumps.create', 'snapshots.*', 'snapshots.create'],
  'version',
  ...['create', 'get', 'update', 'delete'].map((verb) => `keys.${verb}`),
  ...['experimental.get', 'experimental.update', 'export', 'network.get', 'network.update', 'fields.post'],
  ...[
    'chatCompletions',
    'chats.*',
    'chats.get',
    'chats.delete',
    'chatsSettings.*',
    'chatsSettings.get',
    'chatsSettings.update',
  ],
  ...['get', 'update', 'delete', 'create', '*'].map((verb) => `webhooks.${verb}`),
] as const;

const GLOBAL =
  /^(?:metrics|dumps|snapshots|keys|experimental|export|network|chats|chatsSettings|webhooks)(?:\.|$)|^version$|^tasks\.compact$/;

/** key = hex(HMAC-SHA256(master key, uid)): whoever has the master key can compute it. */
export const keyValue = (masterKey: string, uid: string): string =>
  createHmac('sha256', masterKey).update(uid).digest('hex');

/** Does a list of granted actions include this one, by name or by `*`? */
export function grantsAction(granted: readonly string[], action: string): boolean {
  const [group = '', verb = ''] = action.split('.');
  if (action.startsWith('keys.')) return granted.includes(action) || granted.includes('*');
  return (
    granted.includes(action) ||
    granted.includes('*') ||
    granted.includes(`${group}.*`) ||
    (verb === 'get' && granted.includes('*.get'))
  );
}

/** Does a list of index patterns (`courses*`) include this index? */
export const grantsIndex = (patterns: readonly string[], uid: string): boolean =>
  patterns.some((pattern) => (pattern.endsWith('*') ? uid.startsWith(pattern.slice(0, -1)) : pattern === uid));

/** Actions that concern the whole server cannot be given to a key for some indexes only. */
export function checkScope(actions: readonly string[], indexes: readonly string[]): void {
  if (indexes.length === 0 || indexes.includes('*')) return;
  const global = actions.find((action) => GLOBAL.test(action));
  if (global === undefined) return;
  throw new MeiliError(
    'index_scoped_api_key_with_global_action',
    `cannot create index-scoped API key with global action \`"${global}"\`\n  - Hint: remove action \`"${global}"\` from the action list, or remove \`indexes\` to make the key global`,
  );
}
