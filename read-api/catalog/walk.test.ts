import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { catalogMemberships } from '@eduplatform/contracts/catalog';
import { Read } from '../read-model/read.ts';
import { walkCatalog, type CatalogLists } from './walk.ts';

/** A list of beginners' courses that counts how often it is read. */
function longList(length: number) {
  const members = Array.from({ length }, (_, index) => {
    const course = { id: randomUUID(), title: 'x', category: 'music', language: 'en', level: 'beginner' } as const;
    const times = { publishedAtMs: index, updatedAtMs: index };
    const figures = { studentCount: 0, reviews: { count: 0, sum: 0 } };
    return catalogMemberships({ ...course, ...times, ...figures, priceAmount: 0, durationMinutes: 1 })[0]?.member ?? '';
  }).sort();
  let reads = 0;
  const lists: CatalogLists = {
    count: async () => length,
    range: async (_read, { from, count }) => {
      reads += 1;
      return members.filter((member) => from === null || member > from).slice(0, count);
    },
  };
  return { lists, reads: () => reads };
}

describe('a walk under filters that match nothing', () => {
  it('takes few steps however small its page is', async () => {
    const { lists, reads } = longList(3000);
    const filters = { level: ['advanced'], language: ['ru'] };
    const page = await walkCatalog(lists, new Read(), { filters, sort: 'title', from: null, limit: 1 });
    expect(page).toEqual({ ids: [], next: null });
    expect(reads()).toBeLessThanOrEqual(16);
  });
});
