/** `EDU-000042`. Receipts are numbered from 1 without regard to people or courses; null: nothing was charged. */
export const receiptNumberOf = (number: number | null): string | null =>
  number === null ? null : `EDU-${String(number).padStart(6, '0')}`;
