import { Type, type Static } from '@sinclair/typebox';
import { Money, text, Timestamp, Uuid } from '../primitives.ts';
import { Problem } from '../problems.ts';

/** Bodies and answers of the checkout, of refunds and of coupons. */

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

export const CouponCode = Type.String({
  pattern: '^[A-Za-z0-9-]{3,40}$',
  description: 'Upper and lower case mean the same',
});

/** Read once and handed to the provider; only brand and last four digits are kept. */
export const Card = Type.Object(
  {
    number: Type.String({ pattern: '^[0-9 ]{12,23}$' }),
    expiryMonth: Type.Integer({ minimum: 1, maximum: 12 }),
    expiryYear: Type.Integer({ minimum: 2020, maximum: 2100 }),
    cvc: Type.String({ pattern: '^[0-9]{3,4}$' }),
  },
  { additionalProperties: false, $id: 'Card' },
);
export type Card = Static<typeof Card>;

/** `card` may be missing only where the coupon leaves nothing to pay. */
export const CheckoutBody = Type.Object(
  { courseId: Uuid, couponCode: Type.Optional(CouponCode), card: Type.Optional(Card) },
  { additionalProperties: false, $id: 'CheckoutBody' },
);
export type CheckoutBody = Static<typeof CheckoutBody>;

export const QuoteBody = Type.Object(
  { courseId: Uuid, couponCode: Type.Optional(CouponCode) },
  { additionalProperties: false, $id: 'QuoteBody' },
);
export const Quote = Type.Object(
  { courseId: Uuid, listPrice: Money, discount: Money, total: Money, couponCode: nullable(Type.String()) },
  { $id: 'Quote' },
);
export type Quote = Static<typeof Quote>;

/** Answer of a checkout whose card was declined; the payment is kept as `declined`. */
export const DeclinedPayment = Type.Composite(
  [
    Problem,
    Type.Object({ paymentId: Uuid, declineCode: Type.String({ description: 'card_declined, insufficient_funds …' }) }),
  ],
  { $id: 'DeclinedPayment' },
);
export type DeclinedPayment = Static<typeof DeclinedPayment>;

export const RefundBody = Type.Object(
  { reason: Type.Optional(text(1000)) },
  { additionalProperties: false, $id: 'RefundBody' },
);

const couponFields = {
  code: CouponCode,
  /** Null: any course of the teacher. */
  courseId: nullable(Uuid),
  percentOff: nullable(Type.Integer({ minimum: 1, maximum: 100 })),
  amountOff: nullable(Money),
  maxRedemptions: nullable(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  startsAt: Timestamp,
  expiresAt: nullable(Timestamp),
};
/** One of percentOff and amountOff. */
export const CreateCouponBody = Type.Object(
  { ...Type.Partial(Type.Object(couponFields)).properties, code: CouponCode },
  { additionalProperties: false, $id: 'CreateCouponBody' },
);
export type CreateCouponBody = Static<typeof CreateCouponBody>;
/** What may change of a coupon that may have been given to people: its limits, and whether it works. */
export const PatchCouponBody = Type.Partial(
  Type.Object({
    maxRedemptions: couponFields.maxRedemptions,
    expiresAt: couponFields.expiresAt,
    isActive: Type.Boolean(),
  }),
  { additionalProperties: false, minProperties: 1, $id: 'PatchCouponBody' },
);
export type PatchCouponBody = Static<typeof PatchCouponBody>;
export const Coupon = Type.Object(
  {
    id: Uuid,
    ...couponFields,
    courseTitle: nullable(Type.String()),
    redemptions: Type.Integer(),
    isActive: Type.Boolean(),
    version: Type.Integer(),
  },
  { $id: 'Coupon' },
);
export type Coupon = Static<typeof Coupon>;
export const CouponList = Type.Object(
  { items: Type.Array(Coupon), nextCursor: nullable(Type.String()) },
  { $id: 'CouponList' },
);
export type CouponList = Static<typeof CouponList>;
