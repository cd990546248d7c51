import { expect, it } from 'vitest';
import { moveLesson, moveModule, placeLesson, toOutline } from './outline.ts';

const module = (id: string, ...lessons: string[]) => ({ id, lessons: lessons.map((lesson) => ({ id: lesson })) });
const modules = [module('one', 'a', 'b'), module('two', 'c'), module('three')];
const shape = (arranged: readonly ReturnType<typeof module>[]) =>
  arranged.map(({ id, lessons }) => [id, ...lessons.map((lesson) => lesson.id)].join(' '));

it('moves a lesson within its module', () => {
  expect(shape(moveLesson(modules, 'b', -1))).toEqual(['one b a', 'two c', 'three']);
});

it('moves a lesson past the end of its module into the neighboring one', () => {
  expect(shape(moveLesson(modules, 'b', 1))).toEqual(['one a', 'two b c', 'three']);
  expect(shape(moveLesson(modules, 'c', -1))).toEqual(['one a b c', 'two', 'three']);
  expect(shape(moveLesson(modules, 'c', 1))).toEqual(['one a b', 'two', 'three c']);
});

it('leaves the first lesson and the last module where they are', () => {
  expect(moveLesson(modules, 'a', -1)).toBe(modules);
  expect(moveModule(modules, 'three', 1)).toBe(modules);
});

it('moves a module with its lessons', () => {
  expect(shape(moveModule(modules, 'one', 1))).toEqual(['two c', 'one a b', 'three']);
});

it('puts a lesson at a place in any module', () => {
  expect(shape(placeLesson(modules, 'a', 'two', 1))).toEqual(['one b', 'two c a', 'three']);
});

it('names every module and lesson in the command', () => {
  expect(toOutline(modules)).toEqual({
    modules: [
      { id: 'one', lessonIds: ['a', 'b'] },
      { id: 'two', lessonIds: ['c'] },
      { id: 'three', lessonIds: [] },
    ],
  });
});
