import { describe, expect, it } from 'vitest';
import { catalogMember } from '@eduplatform/contracts/catalog';
import { boundBehind, checkPlace, placeOf } from './place.ts';

const entry = {
  id: '00000000-0000-4000-8000-000000000001',
  title: 'Bread',
  category: 'cooking',
  language: 'en',
  level: 'beginner',
  priceAmount: 0,
  durationMinutes: 60,
  publishedAtMs: 1,
  updatedAtMs: 1,
  studentCount: 0,
  reviews: { count: 0, sum: 0 },
};
const member = catalogMember('title', entry);

describe('a place in the catalog', () => {
  it('stands behind its member, whatever becomes of the attributes', () => {
    const place = placeOf(member);
    for (const category of ['art', 'cooking', 'zoology']) {
      const same = catalogMember('title', { ...entry, category });
      expect(boundBehind(place, false) > same).toBe(true);
      expect(boundBehind(place, true) < same).toBe(true);
    }
  });

  it('stands before the next member and behind the one before', () => {
    const next = catalogMember('title', { ...entry, id: entry.id.replace(/1$/, '2') });
    const previous = catalogMember('title', { ...entry, title: 'Brea' });
    expect(boundBehind(placeOf(member), false) < next).toBe(true);
    expect(boundBehind(placeOf(member), true) > previous).toBe(true);
  });

  it.each(['', 'bread', 'bread\u0001', 'bread\u0001x', `bread\u0001${entry.id}\u0001cooking`])(
    'is refused when it came from outside as %j',
    (place) => {
      expect(() => checkPlace(place)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }));
    },
  );
});
