import { expect, test } from 'vitest';
import { parseKey, textOf, uniqueKeys } from './key.ts';
import { KEYS_PER_PAGE, namedKeys } from './keyed.ts';

test('events on one document collapse into one key', () => {
  const rows = ['progress.changed', 'progress.changed', 'another.type', 'toString'].map((type) => ({
    type,
    payload: { userId: 'u', courseId: 'c' },
  }));
  const byPair = ({ userId, courseId }: { userId: string; courseId: string }) => [[userId, courseId]];
  expect([...namedKeys({ 'progress.changed': byPair }, rows)]).toEqual([[['u', 'c']]]);
});

test('many keys come in pages', () => {
  const ids = Array.from({ length: KEYS_PER_PAGE + 1 }, (_, index) => String(index));
  const touches = { 'notifications.changed': ({ ids: named }: { ids: string[] }) => named.map((id) => [id]) };
  const pages = [...namedKeys(touches, [{ type: 'notifications.changed', payload: { ids } }])];
  expect(pages.map((page) => page.length)).toEqual([KEYS_PER_PAGE, 1]);
});

test('a key survives being stored as text', () => {
  expect(parseKey(textOf(['a', 'b']))).toEqual(['a', 'b']);
  expect(uniqueKeys([['a', 'b'], ['a', 'b'], ['a']])).toEqual([['a', 'b'], ['a']]);
});
