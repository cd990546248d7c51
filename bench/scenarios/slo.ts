/** The service level: 500 requests a second of all kinds, whatever they take; p99 below 200 ms, none failed or dropped. */
import { constantRate, number, optionsOf } from './lib/options.ts';
import { PATHS, write, type PathName } from './lib/paths.ts';

export { handleSummary } from './lib/summary.ts';

const PER_SECOND = 500;
const P99_MS = 200;
const USERS = 200;

/** How many of a hundred requests go where; the rest are writes. */
const SHARES: readonly (readonly [PathName, number])[] = [
  ['course', 24],
  ['curriculum', 16],
  ['lesson', 22],
  ['catalog', 18],
  ['my courses', 8],
  ['storefront', 5],
  ['search', 2],
];

export const options = optionsOf(
  {
    requests: constantRate({
      perSecond: number('RATE', PER_SECOND),
      seconds: number('SECONDS', 60),
      users: number('USERS', USERS),
    }),
  },
  P99_MS,
);

export default function request(): void {
  let drawn = Math.random() * 100;
  for (const [path, share] of SHARES) {
    drawn -= share;
    if (drawn < 0) {
      PATHS[path]();
      return;
    }
  }
  write();
}
