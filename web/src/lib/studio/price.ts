import type { Money } from '@eduplatform/contracts/primitives';

export const CURRENCIES = ['USD', 'EUR', 'RUB'] as const;

/** What a price field holds: `29.9` in dollars, nothing for a free course. */
export function amountText(price: Money | null): string {
  return price ? String(price.amount / minorPerMajor(price.currency)) : '';
}

/** The price that was typed: null for nothing or zero. An amount that is not a number becomes NaN, which is refused. */
export function parsePrice(text: string, currency: string): Money | null {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return null;
  const amount = Math.round(Number(typed) * minorPerMajor(currency));
  return amount === 0 ? null : { amount, currency };
}

/** How many cents, kopecks … a unit of the currency has. */
function minorPerMajor(currency: string): number {
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return 10 ** (options.maximumFractionDigits ?? 2);
}
