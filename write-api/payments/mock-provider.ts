import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { createPool } from '@eduplatform/db/pool';
import { TEST_CARDS, type TestCardOutcome } from '@eduplatform/contracts/test-cards';
import { digitsOf } from './card.ts';
import { ProviderTimeoutError, type ChargeAnswer, type ChargeRequest, type PaymentProvider } from './provider.ts';

const OUTCOMES = new Map<string, TestCardOutcome>(TEST_CARDS.map(({ number, outcome }) => [digitsOf(number), outcome]));

const DECLINE_CODES: Partial<Record<TestCardOutcome, string>> = {
  declined: 'card_declined',
  insufficient_funds: 'insufficient_funds',
};

const CHARGE = `
  insert into mock_provider.charges (idempotency_key, id, amount, currency, outcome, decline_code)
  select $1, $2, $3, $4, $5, $6 where clock_timestamp() < $7::timestamptz
  on conflict (idempotency_key) do nothing`;
const FIND = `
  select id, outcome, decline_code as "declineCode" from mock_provider.charges where idempotency_key = $1`;
const REFUND = `
  insert into mock_provider.refunds (idempotency_key, id, charge_id, amount)
  select $1, $2, id, $4 from mock_provider.charges where id = $3 and outcome = 'succeeded' and amount = $4
  on conflict do nothing`;
const FIND_REFUND = 'select id from mock_provider.refunds where idempotency_key = $1';

interface ChargeRow {
  id: string;
  outcome: 'succeeded' | 'declined';
  declineCode: string | null;
}

/**
 * The built-in provider: charges nobody, and keeps books of its own on connections of its own, as another company would.
 * TEST_CARDS says what it does with which card.
 */
export function createMockProvider({ connectionString, onError }: MockProviderOptions): PaymentProvider {
  const pool = createPool({
    connectionString,
    applicationName: 'mock-payment-provider',
    max: 4,
    ...(onError && { onError }),
  });
  const find = async (idempotencyKey: string): Promise<ChargeAnswer | null> => {
    const { rows } = await pool.query<ChargeRow>(FIND, [idempotencyKey]);
    return rows[0] ? answerOf(rows[0]) : null;
  };
  return {
    name: 'mock',
    async charge(request, signal) {
      const outcome = OUTCOMES.get(digitsOf(request.card.number));
      if (outcome === 'request_lost') return silence(signal);
      await pool.query(CHARGE, chargeValues(request, outcome));
      if (outcome === 'answer_lost') return silence(signal);
      return (await find(request.idempotencyKey)) ?? { outcome: 'declined', declineCode: 'request_expired' };
    },
    findCharge: find,
    async refund({ idempotencyKey, chargeId, total }) {
      await pool.query(REFUND, [idempotencyKey, newId('re'), chargeId, total.amount]);
      const { rows } = await pool.query<{ id: string }>(FIND_REFUND, [idempotencyKey]);
      if (!rows[0]) return { outcome: 'refused', reason: 'there is no such charge to refund' };
      return { outcome: 'refunded', refundId: rows[0].id };
    },
    close: () => pool.end(),
  };
}

export interface MockProviderOptions {
  connectionString: string;
  onError?: (error: Error) => void;
}

function chargeValues(request: ChargeRequest, outcome: TestCardOutcome | undefined): unknown[] {
  const isCharged = outcome === 'succeeds' || outcome === 'answer_lost';
  const declineCode = isCharged ? null : (DECLINE_CODES[outcome ?? 'declined'] ?? 'card_declined');
  const { idempotencyKey, total, validUntil } = request;
  return [
    idempotencyKey,
    newId('ch'),
    total.amount,
    total.currency,
    isCharged ? 'succeeded' : 'declined',
    declineCode,
    validUntil,
  ];
}

const answerOf = ({ id, outcome, declineCode }: ChargeRow): ChargeAnswer =>
  outcome === 'succeeded' ? { outcome, chargeId: id } : { outcome, declineCode: declineCode ?? 'card_declined' };

const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;

/** What a lost message looks like from outside: nothing, until whoever waits gives up. */
async function silence(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw new ProviderTimeoutError();
}
