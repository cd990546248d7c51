import { expect, test } from 'vitest';
import { leftToDo } from './build.ts';

const kinds = ['courses', 'payments', 'notes'].map((kind) => ({ kind }));
const namesOf = (left: ReturnType<typeof leftToDo>) => left.map(({ projection, after }) => [projection.kind, after]);

test('a build begins with the first kind', () => {
  expect(namesOf(leftToDo(kinds, null))).toEqual([
    ['courses', null],
    ['payments', null],
    ['notes', null],
  ]);
});

test('a build that was cut short goes on behind the last key of that kind, and does the kinds behind it wholly', () => {
  expect(namesOf(leftToDo(kinds, { kind: 'payments', key: 'a/b' }))).toEqual([
    ['payments', 'a/b'],
    ['notes', null],
  ]);
});
