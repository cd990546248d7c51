import type { PaymentDeps } from './deps.ts';
import { lateCharges } from './metrics.ts';
import { isLateCharge, type Settlement } from './payment.ts';
import { askProvider } from './refund-command.ts';
import type { Settled } from './settle.ts';

/**
 * Gives back at once what the provider charged for a payment that had been given up, which it must not do after
 * `validUntil`: the buyer was told that nothing was charged. Where that does not work, too, an operator has to, by the
 * log's ids.
 */
export async function undoLateCharge(
  deps: Pick<PaymentDeps, 'provider' | 'timing' | 'logger'>,
  { payment, isNew }: Settled,
  settlement: Settlement,
): Promise<void> {
  if (isNew || settlement.outcome !== 'succeeded' || !isLateCharge(payment.status, settlement)) return;
  lateCharges.inc();
  const { chargeId } = settlement;
  const ids = { paymentId: payment.id, chargeId };
  deps.logger.error({ ...ids, status: payment.status }, 'the provider charged a payment that had been given up');
  const answer = chargeId && (await askProvider(deps, { ...payment, providerChargeId: chargeId }));
  if (answer && answer.outcome === 'refunded') deps.logger.info(ids, 'the late charge was given back');
  else deps.logger.error({ ...ids, answer }, 'the late charge could not be given back: it has to be, by hand');
}
