import type { Language, Money } from '@eduplatform/contracts/primitives';
import type { Random } from './random.ts';

const FREE_SHARE = 0.4;
/** Minor units; repeated where a price is common. */
const PRICES: Record<string, number[]> = {
  USD: [900, 900, 1200, 1200, 1500, 1500, 1900, 1900, 1900, 2400, 2900, 2900, 3900, 4900, 7900],
  EUR: [900, 1200, 1500, 1900, 1900, 2400, 2900, 3900],
  RUB: [49_000, 49_000, 79_000, 79_000, 99_000, 99_000, 149_000, 199_000, 299_000],
};

export function choosePrice(random: Random, language: Language): Money | null {
  if (random.next() < FREE_SHARE) return null;
  const currency = language === 'ru' ? 'RUB' : random.pick(['USD', 'USD', 'EUR']);
  return { amount: random.pick(PRICES[currency] ?? []), currency };
}
