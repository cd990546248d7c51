import type { CatalogSort } from '@eduplatform/contracts/catalog';

export interface Sort {
  key: string;
  /** What it needs beside the course `c`. */
  joins?: string;
  direction: 'asc' | 'desc';
}

const STUDENTS = `
  left join (
    select course_id, count(*) as students from enrollments where revoked_at is null group by course_id
  ) popularity on popularity.course_id = c.id`;

const STARS = `
  left join (
    select course_id, count(*) as reviews, sum(rating) as stars from reviews where hidden_at is null group by course_id
  ) rated on rated.course_id = c.id`;

const MINUTES = `
  left join (
    select m.course_id, sum(l.duration_minutes) as minutes from modules m join lessons l on l.module_id = m.id
    group by m.course_id
  ) length on length.course_id = c.id`;

/** The Bayesian average of contracts/rating.ts. */
const RATING = 'round((17500 + coalesce(stars, 0) * 1000)::numeric / (5 + coalesce(reviews, 0)))';

/** How the product folds titles to sort them. */
const FOLDED_TITLE = 'left(lower(normalize(c.title, NFKC) collate pg_c_utf8), 60) collate "C"';

const SORTS: Record<CatalogSort, Sort> = {
  newest: { key: 'c.published_at', direction: 'desc' },
  updated: { key: 'c.updated_at', direction: 'desc' },
  popular: { key: 'coalesce(students, 0)', joins: STUDENTS, direction: 'desc' },
  rating: { key: RATING, joins: STARS, direction: 'desc' },
  title: { key: FOLDED_TITLE, direction: 'asc' },
  priceLow: { key: 'coalesce(c.price_amount, 0)', direction: 'asc' },
  priceHigh: { key: 'coalesce(c.price_amount, 0)', direction: 'desc' },
  shortest: { key: 'coalesce(minutes, 0)', joins: MINUTES, direction: 'asc' },
};

/** How courses `c` are put in an order; of equal ones by their id, in the same direction. */
export const sortOf = (sort: CatalogSort): Required<Sort> => ({ joins: '', ...SORTS[sort] });
