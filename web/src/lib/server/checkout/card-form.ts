import type { Card } from '@eduplatform/contracts/http/payments';

type CardField = 'number' | 'expiry' | 'cvc';

/** The card that a form holds, or which of its fields cannot be right. */
type CardForm = { card: Card; wrong?: never } | { card?: never; wrong: CardField[] };

/** Reads the fields `number`, `expiry` (`MM/YY`, `MM / YYYY`, `MMYY`) and `cvc`. */
export function readCard(form: FormData, now: Date): CardForm {
  const text = (name: CardField): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const number = text('number').replace(/[\s-]+/g, '');
  const expiry = readExpiry(text('expiry'));
  const cvc = text('cvc');
  const wrong: CardField[] = [];
  if (!/^\d{12,19}$/.test(number) || !hasCheckDigit(number)) wrong.push('number');
  if (!expiry || isOver(expiry, now)) wrong.push('expiry');
  if (!/^\d{3,4}$/.test(cvc)) wrong.push('cvc');
  if (!expiry || wrong.length > 0) return { wrong };
  return { card: { number, expiryMonth: expiry.month, expiryYear: expiry.year, cvc } };
}

interface Expiry {
  month: number;
  year: number;
}

function readExpiry(text: string): Expiry | null {
  const [, month, year] = /^(\d{1,2})\s*[/.-]?\s*(\d{4}|\d{2})$/.exec(text) ?? [];
  if (!month || !year) return null;
  const expiry = { month: Number(month), year: year.length === 2 ? 2000 + Number(year) : Number(year) };
  return expiry.month >= 1 && expiry.month <= 12 && expiry.year >= 2020 && expiry.year <= 2100 ? expiry : null;
}

/** A card works until the end of its month, anywhere on earth. */
const isOver = ({ month, year }: Expiry, now: Date): boolean => Date.UTC(year, month, 1, 12) <= now.getTime();

/** Luhn's check, which notices most mistyped numbers before anybody is asked. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
