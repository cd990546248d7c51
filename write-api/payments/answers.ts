import type { DeclinedPayment } from '@eduplatform/contracts/http/payments';
import { PROBLEMS } from '@eduplatform/contracts/problems';
import type { Position } from '@eduplatform/contracts/positions';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { CheckoutAnswer } from './checkout-key.ts';
import { paymentDocument, type Payment } from './payment-store.ts';

const WHY_DECLINED: Record<string, string> = {
  insufficient_funds: 'there is not enough money on this card; nothing was charged',
  request_expired: 'the payment took too long to reach the provider; nothing was charged',
};

/** A problem document that names the payment. Made from the payment alone, so that a replay is answered the same. */
function declinedDocument({ id, declineCode }: Payment): DeclinedPayment {
  const code = declineCode ?? 'card_declined';
  return {
    type: '/problems/payment_declined',
    title: PROBLEMS.payment_declined.title,
    status: PROBLEMS.payment_declined.status,
    code: 'payment_declined',
    detail: WHY_DECLINED[code] ?? 'the bank declined this card; nothing was charged',
    instance: '/v1/payments',
    paymentId: id,
    declineCode: code,
  };
}

/** What a checkout is answered with as its payment stands. Throws payments_unavailable when it never reached the provider. */
export function checkoutAnswer(payment: Payment, position: Position): CheckoutAnswer {
  switch (payment.status) {
    case 'declined':
      return { status: 402, body: declinedDocument(payment), position };
    case 'failed':
      throw new ProblemError('payments_unavailable', 'the payment did not reach the provider; nothing was charged');
    case 'pending':
      return { status: 202, body: paymentDocument(payment), position };
    default:
      return { status: 201, body: paymentDocument(payment), position };
  }
}
