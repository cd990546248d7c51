import { describe, expect, it } from 'vitest';
import { formatAge, formatDate, formatDuration, formatMoment, formatMoney, formatRating } from './format.ts';

/** Intl separates with several kinds of space. */
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('money', () => {
  it('shows whole amounts without a fraction, in the way of each language', () => {
    expect(formatMoney({ amount: 2900, currency: 'USD' }, 'en')).toBe('$29');
    expect(formatMoney({ amount: 2950, currency: 'USD' }, 'en')).toBe('$29.50');
    expect(plain(formatMoney({ amount: 349_000, currency: 'RUB' }, 'ru'))).toBe('3 490 ₽');
  });

  it('knows currencies without minor units', () => {
    expect(formatMoney({ amount: 2900, currency: 'JPY' }, 'en')).toBe('¥2,900');
  });
});

describe('averages of stars', () => {
  it('always have one digit behind the point', () => {
    expect(formatRating(4.666, 'en')).toBe('4.7');
    expect(formatRating(5, 'ru')).toBe('5,0');
  });
});

describe('times', () => {
  it('are named in hours and minutes', () => {
    expect(plain(formatDuration(50, 'en'))).toBe('50 min');
    expect(plain(formatDuration(70, 'ru'))).toBe('1 ч 10 мин');
    expect(plain(formatDuration(120, 'en'))).toBe('2 hr');
    expect(plain(formatDuration(0, 'en'))).toBe('0 min');
  });

  it('of day are dates in UTC', () => {
    expect(formatDate('2026-11-20T23:30:00Z', 'en')).toBe('Nov 20, 2026');
  });

  it('of day name their time zone', () => {
    expect(plain(formatMoment('2026-11-20T23:30:00Z', 'en'))).toBe('Nov 20, 2026, 11:30 PM UTC');
  });

  it('passed are told with one unit', () => {
    expect(plain(formatAge(300, 'en'))).toBe('0.3 s');
    expect(plain(formatAge(300, 'ru'))).toBe('0,3 с');
    expect(plain(formatAge(12_400, 'en'))).toBe('12 s');
    expect(plain(formatAge(5 * 60_000, 'ru'))).toBe('5 мин');
    expect(plain(formatAge(3 * 3_600_000, 'en'))).toBe('3 hr');
  });
});
