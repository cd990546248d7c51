import type { Language, Money } from '@eduplatform/contracts/primitives';

/** Money with its currency; whole amounts without a fraction: $29, 3 490 ₽. */
export function formatMoney(money: Money, locale: Language): string {
  const value = majorUnits(money);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    currencyDisplay: 'narrowSymbol',
    ...(Number.isInteger(value) && { minimumFractionDigits: 0 }),
  }).format(value);
}

/** Amount in the currency's own unit: 2900 cents are 29 dollars, 2900 yen are 2900. */
export function majorUnits({ amount, currency }: Money): number {
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return amount / 10 ** (options.maximumFractionDigits ?? 2);
}

export const formatNumber = (value: number, locale: Language): string => new Intl.NumberFormat(locale).format(value);

/** An average of stars with one digit behind the point: 4.7, 5.0. */
export const formatRating = (average: number, locale: Language): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(average);

/** Day, month and year of an RFC 3339 time, in UTC so that server and browser agree. */
export const formatDate = (time: string, locale: Language): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(time));

/** The same with the time of day; the time zone is named, since it is UTC. */
export const formatMoment = (time: string, locale: Language): string =>
  `${new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(time))} UTC`;

/** `50 min`, `1 hr 10 min`, `2 hr`. */
export function formatDuration(minutes: number, locale: Language): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [hours > 0 && unit(hours, 'hour', locale), (rest > 0 || hours === 0) && unit(rest, 'minute', locale)];
  return parts.filter(Boolean).join(' ');
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An age with one unit: `0.3 s`, `12 s`, `5 min`, `3 hr`, `2 days`. */
export function formatAge(ms: number, locale: Language): string {
  if (ms < 10 * SECOND) return unit(Math.round(ms / 100) / 10, 'second', locale);
  if (ms < MINUTE) return unit(Math.round(ms / SECOND), 'second', locale);
  if (ms < HOUR) return unit(Math.round(ms / MINUTE), 'minute', locale);
  if (ms < DAY) return unit(Math.round(ms / HOUR), 'hour', locale);
  return unit(Math.round(ms / DAY), 'day', locale);
}

const unit = (value: number, name: 'second' | 'minute' | 'hour' | 'day', locale: Language): string =>
  new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: name,
    unitDisplay: name === 'second' ? 'narrow' : 'short',
    maximumFractionDigits: 1,
  })
    .format(value)
    // English narrow seconds stick to their number.
    .replace(/(\d)(s)$/, '$1\u00a0$2');
