import type { Card } from '@eduplatform/contracts/http/payments';
import type { Money } from '@eduplatform/contracts/primitives';

export interface ChargeRequest {
  /** At most one charge is ever made for a key; a repeated request is answered with what became of the first. */
  idempotencyKey: string;
  total: Money;
  card: Card;
  /** The provider declines a request that reaches it later: from then on, a charge that it does not know was never made. */
  validUntil: Date;
}

export interface RefundRequest {
  /** At most one refund is ever made for a key. */
  idempotencyKey: string;
  chargeId: string;
  total: Money;
}

export type ChargeAnswer = { outcome: 'succeeded'; chargeId: string } | { outcome: 'declined'; declineCode: string };

export type RefundAnswer = { outcome: 'refunded'; refundId: string | null } | { outcome: 'refused'; reason: string };

/**
 * Another company that moves money. An answer is final; an error or no answer in time says nothing about whether the money
 * moved, so it has to be asked again: for a charge by `findCharge`, for a refund by repeating it. Calls end when their
 * signal aborts. Messages of errors never carry a card.
 */
export interface PaymentProvider {
  /** Stored with each payment. */
  readonly name: string;
  charge(request: ChargeRequest, signal: AbortSignal): Promise<ChargeAnswer>;
  /** What became of a charge, or null when no request for it has arrived. */
  findCharge(idempotencyKey: string, signal: AbortSignal): Promise<ChargeAnswer | null>;
  refund(request: RefundRequest, signal: AbortSignal): Promise<RefundAnswer>;
  close(): Promise<void>;
}

/** No answer of the provider within the time that it has. */
export class ProviderTimeoutError extends Error {
  constructor(options?: { cause?: unknown }) {
    super('the payment provider did not answer in time', options);
    this.name = 'ProviderTimeoutError';
  }
}

/** Calls the provider, and throws ProviderTimeoutError after `ms` even when it does not heed its signal. */
export async function withinTime<T>(ms: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(ms);
  const expired = Promise.withResolvers<never>();
  const onAbort = (): void => expired.reject(new ProviderTimeoutError());
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([call(signal), expired.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
