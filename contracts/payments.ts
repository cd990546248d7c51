import { Type, type Static } from '@sinclair/typebox';
import { pageOf } from './pages.ts';
import { Money, nullable, Timestamp, Uuid } from './primitives.ts';

export const PaymentStatus = Type.Union(
  ['pending', 'succeeded', 'declined', 'failed', 'refunding', 'refunded'].map((status) =>
    Type.Literal(status as 'pending' | 'succeeded' | 'declined' | 'failed' | 'refunding' | 'refunded'),
  ),
  {
    $id: 'PaymentStatus',
    description: 'pending and refunding: the payment provider has not answered yet; failed: it never charged anything',
  },
);

/** A payment with its receipt. Document `payment:<userId>:<paymentId>`, and the answer of the checkout. */
export const Payment = Type.Object(
  {
    id: Uuid,
    courseId: Uuid,
    courseTitle: Type.String(),
    status: PaymentStatus,
    listPrice: Money,
    discount: Money,
    total: Money,
    couponCode: nullable(Type.String()),
    card: nullable(Type.Object({ brand: Type.String(), last4: Type.String() })),
    declineCode: nullable(Type.String()),
    receiptNumber: nullable(Type.String({ description: 'EDU-000042; of payments that were charged' })),
    createdAt: Timestamp,
    settledAt: nullable(Timestamp),
    refundedAt: nullable(Timestamp),
  },
  { $id: 'Payment' },
);
export type Payment = Static<typeof Payment>;
export const PaymentPage = pageOf(Payment, 'PaymentPage');
