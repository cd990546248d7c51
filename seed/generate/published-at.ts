import { createRandom, hashText } from './random.ts';

const SPREAD_DAYS = 700;

/** Days before the given date at which a course was first published: the same for a slug always, more of them recent. */
export function publishedDaysAgo(slug: string): number {
  const share = createRandom(hashText(slug)).next();
  return Math.round(share ** 2 * SPREAD_DAYS * 100) / 100;
}
