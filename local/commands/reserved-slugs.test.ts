import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, it } from 'vitest';
import { RESERVED_SLUGS } from '@eduplatform/contracts/reserved-slugs';
import { Slug } from '@eduplatform/contracts/primitives';
import { repositoryRoot } from '../platform/paths.ts';

const looksLikeSlug = new RegExp(Slug.pattern ?? '');

/** The words of an API's routes: its committed description is its route table, which `npm run openapi -- --check` compares. */
function wordsOfApi(name: string): string[] {
  const text = readFileSync(join(repositoryRoot, 'docs', 'openapi', `${name}.json`), 'utf8');
  const { paths } = JSON.parse(text) as { paths: Record<string, unknown> };
  return Object.keys(paths).flatMap((path) => path.split('/'));
}

/** SvelteKit's routes are the folders that hold them. */
const wordsOfStorefront = (): string[] =>
  readdirSync(join(repositoryRoot, 'web', 'src', 'routes'), { recursive: true, withFileTypes: true }).flatMap(
    (entry) => (entry.isDirectory() ? entry.name.split(sep) : []),
  );

it.each([
  ['the read API', () => wordsOfApi('read-api')],
  ['the write API', () => wordsOfApi('write-api')],
  ['the storefront', wordsOfStorefront],
])('no course can take a word of the routes of %s as its slug', (_name, wordsOf) => {
  const words = wordsOf().filter((word) => looksLikeSlug.test(word) && word.length >= (Slug.minLength ?? 0));
  expect(words.length).toBeGreaterThan(5);
  expect(words.filter((word) => !RESERVED_SLUGS.has(word))).toEqual([]);
});
