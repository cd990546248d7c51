import { expect, test } from 'vitest';
import { contentHash } from '../content-hash.ts';
import { plan, type Change } from './plan.ts';

const body = '{"id":"a","title":"T"}';
const change: Change = { id: 'a', key: 'courses:a', version: '2', body };
const removal: Change = { id: 'a', key: 'courses:a', version: '2', tombstone: true };
const none = new Map<string, { v: string }>();
const held = (v: string, h = 'other') => new Map([['a', { id: 'a', v, h }]]);

test('a new document is sent with its version and hash', () => {
  const { additions } = plan([change], new Map(), none);
  expect(additions.map(({ line }) => JSON.parse(line) as unknown)).toEqual([
    { id: 'a', title: 'T', v: '2', h: contentHash(body) },
  ]);
});

test('a document is sent only over an older version', () => {
  expect(plan([change], held('1'), none).additions).toHaveLength(1);
  expect(plan([change], held('2'), none)).toMatchObject({ additions: [], stale: 1 });
  expect(plan([change], held('3'), none)).toMatchObject({ additions: [], stale: 1 });
});

test('the same content is not sent, however old it is', () => {
  expect(plan([change], held('1', contentHash(body)), none)).toMatchObject({ additions: [], unchanged: 1 });
});

test('a document that was deleted later does not come back', () => {
  expect(plan([change], new Map(), new Map([['a', { v: '3' }]]))).toMatchObject({ additions: [], stale: 1 });
  expect(plan([change], new Map(), new Map([['a', { v: '1' }]])).additions).toHaveLength(1);
});

test('a deletion is sent for what is held and older, else not', () => {
  expect(plan([removal], held('1'), none).deletions).toEqual([{ id: 'a', version: '2' }]);
  expect(plan([removal], held('3'), none)).toMatchObject({ deletions: [], stale: 1 });
  expect(plan([removal], new Map(), none)).toMatchObject({ deletions: [], unchanged: 1 });
});
