import type { SeedProgress } from '@eduplatform/seed/scale';
import { timeLeft } from '../jobs/time-left.ts';

/** `1,615/s  0:45 left`; nothing where nothing can be said. */
export function describeRate({ done, total, ratePerSecond }: Omit<SeedProgress, 'phase'>): string {
  const rate = ratePerSecond > 0 ? `${ratePerSecond.toLocaleString('en-US')}/s` : '';
  return [rate, timeLeft(done, total, ratePerSecond)].filter((part) => part !== '').join('  ');
}
