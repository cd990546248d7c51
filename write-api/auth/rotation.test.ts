import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRefresh, type PresentedToken } from './rotation.ts';

const at = (seconds: number): Date => new Date(seconds * 1000);
const session = { generation: 3, refreshedAt: at(100), endedAt: null };
const current: PresentedToken = { generation: 3, expiresAt: at(1000), session };
const previous: PresentedToken = { ...current, generation: 2 };

describe('a refresh token', () => {
  it('is exchanged while it is current', () => {
    expect(decideRefresh(current, at(999))).toBe('advance');
  });

  it('is invalid once it expired or its session ended', () => {
    expect(decideRefresh(current, at(1000))).toBe('invalid');
    const ended = { ...session, endedAt: at(101) };
    expect(decideRefresh({ ...current, session: ended }, at(102))).toBe('invalid');
    expect(decideRefresh({ ...previous, session: ended }, at(102))).toBe('invalid');
  });

  it('is forgiven for ten seconds when it is of the generation before the current', () => {
    expect(decideRefresh(previous, at(110))).toBe('forgive');
    expect(decideRefresh(previous, at(110.001))).toBe('reuse');
  });

  it('is reuse when an even newer one was exchanged, however recently, or when it has expired too', () => {
    expect(decideRefresh({ ...current, generation: 1 }, at(100))).toBe('reuse');
    expect(decideRefresh({ ...previous, expiresAt: at(50) }, at(111))).toBe('reuse');
  });
});

const LIFETIME = 1_000_000;
const FORGIVEN = 10;

/** A session as the store keeps it; tokens are their generations. */
class Model {
  generation = 1;
  refreshedAt = 0;
  ended = false;

  /** The generation of the token that is given, or null. */
  present(generation: number, now: number): number | null {
    const endedAt = this.ended ? at(0) : null;
    const token = {
      generation,
      expiresAt: at(LIFETIME),
      session: { generation: this.generation, refreshedAt: at(this.refreshedAt), endedAt },
    };
    const decision = decideRefresh(token, at(now));
    if (decision === 'reuse') this.ended = true;
    if (decision === 'advance') {
      this.generation += 1;
      this.refreshedAt = now;
    }
    return decision === 'advance' || decision === 'forgive' ? this.generation : null;
  }
}

const pause = fc.integer({ min: 0, max: 2000 });
const race = fc.record({
  pause,
  /** Seconds after the first in which each of the others arrives. */
  others: fc.array(fc.integer({ min: 0, max: FORGIVEN }), { maxLength: 50 }),
  /** Whose answer the client keeps. */
  kept: fc.nat(),
});

describe('a session', () => {
  it('never ends for an honest client, however it races with itself and whichever answer it keeps', () => {
    fc.assert(
      fc.property(fc.array(race, { maxLength: 30 }), (races) => {
        const model = new Model();
        let [now, token] = [0, 1];
        for (const { pause: waited, others, kept } of races) {
          now += waited;
          const arrivals = [0, ...others.toSorted((a, b) => a - b)].map((later) => now + later);
          const answers = arrivals.map((arrival) => model.present(token, arrival));
          expect(answers).not.toContain(null);
          now = arrivals.at(-1) ?? now;
          token = answers[kept % answers.length] ?? 0;
        }
        expect(model.ended).toBe(false);
      }),
    );
  });

  it('always ends by the reuse of a token that is older than the one before, or too late, and for everybody', () => {
    const exchanges = fc.array(pause, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(exchanges, fc.nat(), fc.integer({ min: 0, max: 5000 }), (pauses, which, later) => {
        const model = new Model();
        let now = 0;
        for (const waited of pauses) model.present(model.generation, (now += waited));
        const replayed = 1 + (which % (model.generation - 1));
        const isForgiven = replayed === model.generation - 1 && later <= FORGIVEN;
        const answer = model.present(replayed, now + later);
        expect(model.ended).toBe(!isForgiven);
        expect(answer === null).toBe(!isForgiven);
        if (model.ended) {
          for (let token = 1; token <= model.generation; token += 1) {
            expect(model.present(token, now + later)).toBeNull();
          }
        }
      }),
    );
  });

  it('ends when a thief who took part in a race goes on beside the owner', () => {
    const late = fc.integer({ min: FORGIVEN + 1, max: 5000 });
    fc.assert(
      fc.property(late, late, (first, second) => {
        const model = new Model();
        const owners = model.present(1, 0);
        const thiefs = model.present(1, FORGIVEN);
        expect(owners).toBe(thiefs);
        expect(model.present(owners ?? 0, first)).not.toBeNull();
        expect(model.present(thiefs ?? 0, first + second)).toBeNull();
        expect(model.ended).toBe(true);
      }),
    );
  });
});
