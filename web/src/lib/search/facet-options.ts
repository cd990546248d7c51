import { LANGUAGES, LEVELS } from '@eduplatform/contracts/primitives';
import type { Facet } from '@eduplatform/contracts/search';

export interface FacetOption {
  value: string;
  count: number;
}

/**
 * The values of a facet to offer: those that some course has and those that are chosen already. Levels, prices and
 * languages keep their natural order; categories keep the order of their list.
 */
export function facetOptions(
  facet: Facet,
  counts: Readonly<Record<string, number>>,
  chosen: readonly string[],
  categories: readonly { slug: string }[],
): FacetOption[] {
  const natural: Record<Facet, readonly string[]> = {
    category: categories.map(({ slug }) => slug),
    language: LANGUAGES,
    level: LEVELS,
    price: ['free', 'paid'],
  };
  const values = new Set([...natural[facet], ...Object.keys(counts), ...chosen]);
  return [...values]
    .map((value) => ({ value, count: counts[value] ?? 0 }))
    .filter(({ value, count }) => count > 0 || chosen.includes(value));
}
