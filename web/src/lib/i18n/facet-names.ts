import type { CategorySummary } from '@eduplatform/contracts/documents';
import type { Language, Level } from '@eduplatform/contracts/primitives';
import type { Facet } from '@eduplatform/contracts/search';
import { m } from '#lib/paraglide/messages.js';
import { categoryName, languageName, levelName } from './terms.ts';

export const facetName = (facet: Facet): string =>
  ({ category: m.facet_category, language: m.facet_language, level: m.facet_level, price: m.facet_price })[facet]();

/** The word for a value of a facet; a category that is not in the list keeps its slug. */
export function facetValueName(facet: Facet, value: string, categories: readonly CategorySummary[]): string {
  switch (facet) {
    case 'category': {
      const category = categories.find(({ slug }) => slug === value);
      return category ? categoryName(category) : value;
    }
    case 'language':
      return languageName(value as Language);
    case 'level':
      return levelName(value as Level);
    case 'price':
      return value === 'free' ? m.facet_price_free() : m.price_paid();
  }
}
