import type { CatalogSort } from '@eduplatform/contracts/catalog';

export interface Sort {
  /** A column of the courses `c`, with an index that goes on with the id. */
  key: string;
  type: 'timestamptz' | 'integer' | 'text';
  direction: 'asc' | 'desc';
}

const SORTS: Record<CatalogSort, Sort> = {
  newest: { key: 'c.published_at', type: 'timestamptz', direction: 'desc' },
  updated: { key: 'c.updated_at', type: 'timestamptz', direction: 'desc' },
  popular: { key: 'c.student_count', type: 'integer', direction: 'desc' },
  rating: { key: 'c.rating_score', type: 'integer', direction: 'desc' },
  title: { key: 'c.sort_title', type: 'text', direction: 'asc' },
  priceLow: { key: 'c.sort_price', type: 'integer', direction: 'asc' },
  priceHigh: { key: 'c.sort_price', type: 'integer', direction: 'desc' },
  shortest: { key: 'c.duration_minutes', type: 'integer', direction: 'asc' },
};

export const sortOf = (sort: CatalogSort): Sort => SORTS[sort];
