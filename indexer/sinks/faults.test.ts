import { expect, test } from 'vitest';
import { assertFits, documentFault as redisFault } from './redis/faults.ts';
import { TaskFailedError } from './search/client.ts';
import { documentFault as searchFault } from './search/faults.ts';

const reply = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });

test.each([
  'OOM command not allowed',
  'READONLY You can’t write',
  'LOADING Redis is loading',
  'FENCED epoch 2 is ahead',
])('Redis says of itself, not of a document: %s', (message) => {
  expect(redisFault(reply(message))).toBeNull();
  expect(redisFault(reply(`ERR Error running script: -${message}`))).toBeNull();
});

test('Redis says of a document that it is of another type; a connection says nothing of documents', () => {
  expect(redisFault(reply('WRONGTYPE Operation against a key'))).toContain('WRONGTYPE');
  expect(redisFault(new Error('Connection is closed.'))).toBeNull();
});

test('a document above the limit is refused before it is sent', () => {
  expect(() => assertFits('я'.repeat(10), 20)).not.toThrow();
  expect(() => assertFits('я'.repeat(11), 20)).toThrow('22 bytes');
});

test.each([
  ['invalid_document_id', 'invalid_request', true],
  ['index_not_found', 'invalid_request', false],
  ['no_space_left_on_device', 'system', false],
  ['database_size_limit_reached', 'internal', false],
  ['internal', 'internal', false],
  ['canceled', 'internal', false],
])('a task that failed with %s (%s) speaks against its documents: %s', (code, type, isOfDocuments) => {
  expect(searchFault(new TaskFailedError(1, code, 'why', type)) !== null).toBe(isOfDocuments);
});

test('a search server that does not answer says nothing of documents', () => {
  expect(searchFault(new TypeError('fetch failed'))).toBeNull();
});
