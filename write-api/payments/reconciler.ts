import { setTimeout as pause } from 'node:timers/promises';
import { transaction } from '@eduplatform/db/transaction';
import type { PaymentDeps } from './deps.ts';
import { undoLateCharge } from './late-charge.ts';
import { oldestUnsettled, settledPayments, unsettledPayments } from './metrics.ts';
import { lockPayment } from './payment-store.ts';
import type { Settlement } from './payment.ts';
import { withinTime } from './provider.ts';
import { askProvider } from './refund-command.ts';
import { settleCharge, settleRefund, type Settled } from './settle.ts';

/** Payments taken in one look. */
const BATCH = 20;
const MAX_DOUBLINGS = 8;

/** Takes what is due for itself until its next look, so that several processes never ask about the same payment at once. */
const TAKE = `
  update payments set checks = checks + 1,
    next_check_at = now() + make_interval(secs => $2::float8 / 1000 * power(2, least(checks, ${MAX_DOUBLINGS})))
  where id in (
    select id from payments where status in ('pending', 'refunding') and next_check_at <= now() and provider = $1
    order by next_check_at limit ${BATCH} for update skip locked
  )
  returning id, status, extract(epoch from now() - created_at)::float8 * 1000 as "ageMs"`;

interface Due {
  id: string;
  status: 'pending' | 'refunding';
  ageMs: number;
}

/** Settles what a lost answer or a crash left open, until it is stopped. Several processes may do so at once. */
export function startReconciler(deps: PaymentDeps): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await measure(deps);
        if ((await reconcile(deps, stopping.signal)) === BATCH) continue;
      } catch (error) {
        deps.logger.warn({ err: error }, 'payments cannot be reconciled; it is tried again');
      }
      await pause(deps.timing.reconcileMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** One look at what is due; answers how many payments that were. */
export async function reconcile(deps: PaymentDeps, signal?: AbortSignal): Promise<number> {
  const { pool, provider, timing } = deps;
  if (!provider) return 0;
  const { rows } = await pool.query<Due>(TAKE, [provider.name, timing.recheckMs]);
  for (const due of rows) {
    if (signal?.aborted) break;
    try {
      const settled = due.status === 'pending' ? await settlePending(deps, due) : await settleRefunding(deps, due);
      if (settled?.isNew) {
        settledPayments.inc({ outcome: settled.payment.status, by: 'reconciler' });
        deps.notifier.wake();
        deps.logger.info({ paymentId: due.id, status: settled.payment.status }, 'a payment was reconciled');
      }
    } catch (error) {
      deps.logger.warn({ err: error, paymentId: due.id }, 'a payment cannot be reconciled yet');
    }
  }
  return rows.length;
}

async function settlePending(deps: PaymentDeps, { id, ageMs }: Due): Promise<Settled | null> {
  const settlement = await settlementOf(deps, id, ageMs);
  if (!settlement) return null;
  const settled = await transaction(deps.pool, (tx) =>
    settleCharge(tx, id, settlement, { now: new Date(), isAwaited: false }),
  );
  await undoLateCharge(deps, settled, settlement);
  return settled;
}

/** What became of a charge; null while its request may still arrive. The age is older than the question, so nothing slips between. */
async function settlementOf({ provider, timing }: PaymentDeps, id: string, ageMs: number): Promise<Settlement | null> {
  if (!provider) return null;
  const found = await withinTime(timing.answerMs, (signal) => provider.findCharge(id, signal));
  if (found) return found;
  return ageMs > timing.chargeValidMs + timing.marginMs ? { outcome: 'never_arrived' } : null;
}

async function settleRefunding(deps: PaymentDeps, { id }: Due): Promise<Settled | null> {
  const payment = await transaction(deps.pool, (tx) => lockPayment(tx, id));
  if (payment?.status !== 'refunding') return null;
  const answer = await askProvider(deps, payment);
  return answer && transaction(deps.pool, (tx) => settleRefund(tx, id, answer, new Date()));
}

async function measure({ pool }: PaymentDeps): Promise<void> {
  const { rows } = await pool.query<{ count: number; oldest: number }>(
    `select count(*)::int as count, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest
     from payments where status in ('pending', 'refunding')`,
  );
  unsettledPayments.set(rows[0]?.count ?? 0);
  oldestUnsettled.set(rows[0]?.oldest ?? 0);
}
