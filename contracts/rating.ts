/** Stars of the reviews that are shown. */
export interface Stars {
  /** How many reviews. */
  count: number;
  /** Of their stars, 1–5 each. */
  sum: number;
}

/** How many reviews of the mean a course is given before its own count. */
const PRIOR_COUNT = 5;
/** What a course of which nobody has said anything is taken for, in stars. */
const PRIOR_MEAN = 3.5;

/** In stars, rounded to hundredths; null while there is no review. */
export const averageOf = ({ count, sum }: Stars): number | null =>
  count === 0 ? null : Math.round((sum * 100) / count) / 100;

/**
 * What courses are sorted by: the Bayesian average (C·m + sum) / (C + n) in thousandths of a star, so that one review with
 * five stars does not beat a hundred with 4.9. https://en.wikipedia.org/wiki/Bayesian_average
 */
export const ratingScore = ({ count, sum }: Stars): number =>
  Math.round(((PRIOR_COUNT * PRIOR_MEAN + sum) * 1000) / (PRIOR_COUNT + count));
