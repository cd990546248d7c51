import { describe, expect, it } from 'vitest';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { hashPassword, verifyPassword } from './passwords.ts';

describe('passwords', () => {
  it('fit their own hash alone, however their letters were typed, and never a hash that is none', async () => {
    const hash = await hashPassword('cafe\u0301 au lait');
    expect(await verifyPassword(hash, 'caf\u00e9 au lait')).toBe(true);
    expect(await verifyPassword(hash, 'cafe au lait')).toBe(false);
    for (const none of [null, '!', '']) expect(await verifyPassword(none, '!')).toBe(false);
  });

  it('wait for their turn while some thirty do; the others are told when to come again', async () => {
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => hashPassword('correct horse battery')));
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(refused).toHaveLength(8);
    for (const error of refused) {
      expect(error).toBeInstanceOf(ProblemError);
      expect(error).toMatchObject({ code: 'overloaded', status: 503, headers: { 'retry-after': '2' } });
    }
    expect(await verifyPassword(await hashPassword('again'), 'again')).toBe(true);
  });
});
