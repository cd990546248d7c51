import { expect, test } from 'vitest';
import { gather, type LoadedPage } from './gather.ts';

const page = (kind: string, key: string, documents: number): LoadedPage => ({
  mark: { kind, key },
  changes: Array.from({ length: documents }, (_, n) => ({ key: `${key}${n}`, version: 'v', body: '{}' })),
  size: 1,
});

async function gathered(pages: LoadedPage[], least: number, maxCharacters?: number) {
  const all: [mark: string, size: number, documents: number][] = [];
  const source = (async function* () {
    yield* pages;
  })();
  for await (const { mark, size, changes } of gather(source, () => least, maxCharacters))
    all.push([mark.key, size, changes.length]);
  return all;
}

test('pages are put together until there is enough, and are known by the last of them', async () => {
  const pages = [page('courses', 'a', 3), page('courses', 'b', 3), page('notes', 'c', 1), page('notes', 'd', 1)];
  expect(await gathered(pages, 5)).toEqual([
    ['b', 2, 6],
    ['d', 2, 2],
  ]);
});

test('a page that is enough stays by itself, and pages without documents are not lost', async () => {
  expect(await gathered([page('courses', 'a', 9), page('courses', 'b', 0)], 5)).toEqual([
    ['a', 1, 9],
    ['b', 1, 0],
  ]);
  expect(await gathered([], 5)).toEqual([]);
});

test('pages are not put together beyond what fits into memory', async () => {
  const pages = [page('lessons', 'a', 2), page('lessons', 'b', 2), page('lessons', 'c', 1)];
  expect(await gathered(pages, 100, 7)).toEqual([
    ['b', 2, 4],
    ['c', 1, 1],
  ]);
});
