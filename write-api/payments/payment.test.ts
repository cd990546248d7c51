import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterCharge,
  afterRefund,
  isLateCharge,
  receiptNumberOf,
  type PaymentStatus,
  type Settlement,
} from './payment.ts';
import { decideRefund } from './refund.ts';

/** A provider's books, a payment and its enrollment, with time in steps. */
interface World {
  time: number;
  /** What the provider made of the one request, if it arrived. */
  charge: 'succeeded' | 'declined' | null;
  charges: number;
  refunds: number;
  status: PaymentStatus | null;
  createdAt: number;
  isEnrolled: boolean;
  /** Answers that are on their way to somebody who may have crashed, or that arrive late and again. */
  answers: Settlement[];
}

const VALID = 3;
const settledAt = new Date(0);

const actions: Record<string, (world: World) => void> = {
  wait(world) {
    world.time += 1;
  },
  checkOut(world) {
    if (world.status !== null) return;
    Object.assign(world, { status: 'pending', createdAt: world.time });
  },
  // The request arrives, perhaps again, perhaps long after whoever sent it died; the card is good.
  requestArrives(world) {
    arrive(world, 'succeeded');
  },
  requestArrivesWithBadCard(world) {
    arrive(world, 'declined');
  },
  answerArrives(world) {
    const answer = world.answers.pop();
    if (answer) settle(world, answer);
  },
  answerIsLost(world) {
    world.answers.pop();
  },
  reconcilerAsks(world) {
    if (world.status !== 'pending') return;
    if (world.charge) settle(world, answerOf(world.charge));
    else if (world.time > world.createdAt + VALID) settle(world, { outcome: 'never_arrived' });
  },
  refundIsAskedFor(world) {
    if (world.status === null) return;
    const decision = decideRefund(
      { status: world.status, settledAt, percent: 0, isCompleted: false, byAdmin: false },
      settledAt,
    );
    if (decision.kind === 'refund') world.status = 'refunding';
  },
  providerRefunds(world) {
    if (world.status !== 'refunding') return;
    // One refund for a key, however often it is asked for.
    world.refunds = 1;
  },
  refundIsSettled(world) {
    if (world.status === null || world.refunds === 0) return;
    const status = afterRefund(world.status, { outcome: 'refunded', refundId: 're' });
    if (status === null) return;
    world.status = status;
    world.isEnrolled = false;
  },
  refundIsRefused(world) {
    if (world.status === null || world.refunds > 0) return;
    world.status = afterRefund(world.status, { outcome: 'refused', reason: 'closed' }) ?? world.status;
  },
};

const answerOf = (charge: 'succeeded' | 'declined'): Settlement =>
  charge === 'succeeded'
    ? { outcome: 'succeeded', chargeId: 'ch' }
    : { outcome: 'declined', declineCode: 'card_declined' };

function arrive(world: World, outcome: 'succeeded' | 'declined'): void {
  if (world.status === null) return;
  if (world.charge === null) {
    if (world.time > world.createdAt + VALID) {
      world.answers.push({ outcome: 'declined', declineCode: 'request_expired' });
      return;
    }
    world.charge = outcome;
    if (outcome === 'succeeded') world.charges += 1;
  }
  world.answers.push(answerOf(world.charge));
}

function settle(world: World, settlement: Settlement): void {
  if (world.status === null) return;
  expect(isLateCharge(world.status, settlement)).toBe(false);
  const status = afterCharge(world.status, settlement);
  if (status === null) return;
  world.status = status;
  if (status === 'succeeded') world.isEnrolled = true;
}

const newWorld = (): World => ({
  time: 0,
  charge: null,
  charges: 0,
  refunds: 0,
  status: null,
  createdAt: 0,
  isEnrolled: false,
  answers: [],
});

function finish(world: World): void {
  world.time += VALID + 1;
  actions['reconcilerAsks']?.(world);
  actions['providerRefunds']?.(world);
  actions['refundIsSettled']?.(world);
}

describe('a payment', () => {
  it('is charged once and enrolled, or neither, whatever is lost, repeated or late', () => {
    const run = fc.array(fc.constantFrom(...Object.keys(actions)), { maxLength: 40 });
    fc.assert(
      fc.property(run, (names) => {
        const world = newWorld();
        for (const name of names) {
          actions[name]?.(world);
          expect([0, 1]).toContain(world.charges - world.refunds);
          if (world.isEnrolled) expect(world.charges).toBe(1);
        }
        finish(world);
        expect([0, 1]).toContain(world.charges - world.refunds);
        expect(world.isEnrolled).toBe(world.charges - world.refunds === 1);
        expect(['pending', 'refunding']).not.toContain(world.status);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['failed', true],
    ['declined', true],
    ['pending', false],
    ['succeeded', false],
    ['refunded', false],
  ] as const)('that is %s was charged too late when the provider says that it charged it: %s', (status, expected) => {
    const charged: Settlement = { outcome: 'succeeded', chargeId: 'ch' };
    expect(isLateCharge(status, charged)).toBe(expected);
    expect(isLateCharge(status, { outcome: 'declined', declineCode: 'card_declined' })).toBe(false);
    if (expected) expect(afterCharge(status, charged)).toBeNull();
  });

  it('has a receipt number once it is charged', () => {
    expect(receiptNumberOf(null)).toBeNull();
    expect(receiptNumberOf(42)).toBe('EDU-000042');
    expect(receiptNumberOf(12_345_678)).toBe('EDU-12345678');
  });
});
