import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Counters } from '@eduplatform/http-kit/rate-limits/counters';
import { createLogger } from '@eduplatform/observability/logger';
import { SignInLimits } from './sign-in-limits.ts';

const newLimits = (): SignInLimits => new SignInLimits(new Counters({ logger: createLogger('test', 'silent') }));
const from = (address: string) => ({ email: 'ann@example.com', address });
const STRANGER = from('203.0.113.7');
const OWNER = from('198.51.100.1');

async function attempts(limits: SignInLimits, who: typeof OWNER, count: number): Promise<number[]> {
  const waits = [];
  for (let attempt = 0; attempt < count; attempt += 1) waits.push(await limits.attempt(who));
  return waits;
}
const isHeld = async (limits: SignInLimits, who: typeof OWNER): Promise<boolean> => (await limits.attempt(who)) > 0;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('limits of signing in', () => {
  it('hold back ten failures from one network, and not the owner elsewhere', async () => {
    const limits = newLimits();
    expect(await attempts(limits, STRANGER, 10)).toEqual(Array(10).fill(0));
    for (const held of [STRANGER, from('203.0.113.99'), from('::ffff:203.0.113.1')]) {
      expect(await isHeld(limits, held)).toBe(true);
    }
    expect(await isHeld(limits, OWNER)).toBe(false);
    expect(await isHeld(limits, { ...STRANGER, email: 'bob@example.com' })).toBe(false);
  });

  it('count a network of IPv6 as one', async () => {
    const limits = newLimits();
    await attempts(limits, from('2001:db8:1:2::1'), 10);
    expect(await isHeld(limits, from('2001:db8:1:2:ffff::9'))).toBe(true);
    expect(await isHeld(limits, from('2001:db8:1:3::1'))).toBe(false);
  });

  it('hold everybody back after a hundred failures from many networks, of which refused ones are none', async () => {
    const limits = newLimits();
    for (let network = 0; network < 9; network += 1) await attempts(limits, from(`10.0.${network}.1`), 30);
    expect(await attempts(limits, STRANGER, 10)).toEqual(Array(10).fill(0));
    expect(await limits.attempt(OWNER)).toBe(15 * 60);
    vi.advanceTimersByTime(15 * 60_000);
    expect(await isHeld(limits, OWNER)).toBe(false);
  });

  it('do not give a stranger a new start when the owner signs in', async () => {
    const limits = newLimits();
    for (let network = 0; network < 10; network += 1) await attempts(limits, from(`10.0.${network}.1`), 10);
    await limits.withdraw(from('10.0.0.1'));
    expect(await isHeld(limits, OWNER)).toBe(false);
    await limits.succeeded(OWNER);
    expect(await isHeld(limits, from('10.0.0.1'))).toBe(false);
    expect(await isHeld(limits, OWNER)).toBe(true);
  });

  it('forget everything with a new password', async () => {
    const limits = newLimits();
    for (let network = 0; network < 10; network += 1) await attempts(limits, from(`10.0.${network}.1`), 10);
    await limits.forget(from('10.0.0.1'));
    expect(await attempts(limits, from('10.0.0.1'), 10)).toEqual(Array(10).fill(0));
  });
});
