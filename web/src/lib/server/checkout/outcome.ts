import type { ApiError } from '../problem.ts';

/** How a payment that was not taken is to be gone on with. */
interface Outcome {
  /** Code for the words: of the problem, `no_answer`, or of the decline. */
  code: string;
  /** Whether the next attempt is the same payment, so that it is answered with what became of this one. */
  keepsKey: boolean;
}

/** Nothing says what became of the payment: trying again under the same key cannot charge twice. */
const isOpen = ({ status, code }: ApiError): boolean => status >= 500 || code === 'idempotency_conflict';

export function outcomeOf(error: ApiError): Outcome {
  if (error.code === 'payment_declined') return { code: declineCodeOf(error), keepsKey: false };
  if (error.code === 'payments_unavailable') return { code: error.code, keepsKey: false };
  if (isOpen(error)) return { code: 'no_answer', keepsKey: true };
  return { code: error.code, keepsKey: error.status === 429 };
}

/** The problem of a decline names its reason beside the members that every problem has. */
function declineCodeOf({ problem }: ApiError): string {
  const named = problem && 'declineCode' in problem ? problem.declineCode : null;
  return named === 'insufficient_funds' ? 'insufficient_funds' : 'payment_declined';
}
