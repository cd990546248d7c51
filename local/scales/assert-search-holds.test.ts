import { expect, test } from 'vitest';
import { assertSearchHolds } from './assert-search-holds.ts';

test.each(['demo', 'small', null] as const)('the embedded search engine holds %s', (scale) => {
  expect(() => assertSearchHolds(scale, true)).not.toThrow();
});

test.each(['medium', 'full'] as const)('%s needs a real Meilisearch, which is said', (scale) => {
  expect(() => assertSearchHolds(scale, true)).toThrow(/real Meilisearch.*MEILI_URL/);
  expect(() => assertSearchHolds(scale, false)).not.toThrow();
});
