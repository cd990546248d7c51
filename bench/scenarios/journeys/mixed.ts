import { enrollment } from './enrollment.ts';
import { search } from './search.ts';
import { student } from './student.ts';
import { teacher } from './teacher.ts';

/** How many of a hundred visitors come for what. */
const SHARES = [
  { journey: student, share: 70 },
  { journey: search, share: 20 },
  { journey: enrollment, share: 6 },
  { journey: teacher, share: 4 },
] as const;

/** A visitor of any kind. @param pause seconds between what one does */
export function mixed(pause = 0): void {
  let drawn = Math.random() * 100;
  for (const { journey, share } of SHARES) {
    drawn -= share;
    if (drawn < 0) return journey(pause);
  }
}
