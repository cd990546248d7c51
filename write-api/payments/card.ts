import type { Card } from '@eduplatform/contracts/http/payments';
import type { FieldProblem } from '@eduplatform/contracts/problems';

/** What is kept of a card. */
export interface CardSummary {
  brand: string;
  last4: string;
}

const BRANDS: [RegExp, string][] = [
  [/^4/, 'visa'],
  [/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, 'mastercard'],
  [/^3[47]/, 'amex'],
  [/^220[0-4]/, 'mir'],
  [/^(6011|64[4-9]|65)/, 'discover'],
  [/^62/, 'unionpay'],
];

export const digitsOf = (number: string): string => number.replaceAll(' ', '');

/** Brand and last four digits: all that is stored, hashed or logged of a card. */
export function summaryOf({ number }: Pick<Card, 'number'>): CardSummary {
  const digits = digitsOf(number);
  return { brand: BRANDS.find(([prefix]) => prefix.test(digits))?.[1] ?? 'card', last4: digits.slice(-4) };
}

/** Whether the check digit fits: a mistyped number is noticed before anybody is asked. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const doubled = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** What is wrong with a card that no provider would take. A card works until the end of its month, anywhere on earth. */
export function cardProblems(card: Card, now: Date): FieldProblem[] {
  const digits = digitsOf(card.number);
  const problems: FieldProblem[] = [];
  if (digits.length < 12 || digits.length > 19 || !passesLuhn(digits)) {
    problems.push({ path: 'body/card/number', message: 'is not a card number', code: 'card_number' });
  }
  const endOfMonth = Date.UTC(card.expiryYear, card.expiryMonth, 1, 12);
  if (endOfMonth <= now.getTime()) {
    problems.push({ path: 'body/card/expiryYear', message: 'has expired', code: 'card_expired' });
  }
  if (card.cvc.length !== (summaryOf(card).brand === 'amex' ? 4 : 3)) {
    problems.push({ path: 'body/card/cvc', message: 'is not the security code of such a card', code: 'card_cvc' });
  }
  return problems;
}
