/** Times of payments, in milliseconds. */
export interface PaymentTiming {
  /** How long a request waits for the provider; then the payment is pending, and the reconciler asks. */
  answerMs: number;
  /** How long after its creation a payment may be charged: the provider declines what reaches it later. */
  chargeValidMs: number;
  /** For how much longer such a charge may still be on its way into the provider's books. */
  marginMs: number;
  /** How long a replay waits for the request in flight, and a second click for the first. */
  waitMs: number;
  /** Between two looks while waiting. */
  pollMs: number;
  /** Between two looks of the reconciler when nothing is due. */
  reconcileMs: number;
  /** Between the first two looks at one payment; doubled from look to look. */
  recheckMs: number;
}

export const PAYMENT_TIMING: PaymentTiming = {
  answerMs: 4000,
  chargeValidMs: 15_000,
  marginMs: 5000,
  waitMs: 5000,
  pollMs: 100,
  reconcileMs: 1000,
  recheckMs: 1000,
};

/** When the reconciler looks at a payment for the first time: when whoever began it should have finished. */
export const firstCheckMs = ({ answerMs, marginMs }: PaymentTiming): number => answerMs + marginMs;
