import { describe, expect, it } from 'vitest';
import { decideRefresh } from './rotation.ts';

const at = (seconds: number): Date => new Date(seconds * 1000);
const token = { expiresAt: at(1000), replacedAt: null, revokedAt: null, familyReplacedAt: null };

describe('a refresh token', () => {
  it('is exchanged while it is current', () => {
    expect(decideRefresh(token, at(999))).toBe('exchange');
    expect(decideRefresh({ ...token, familyReplacedAt: at(5) }, at(999))).toBe('exchange');
  });

  it('is invalid once it expired or its family ended', () => {
    expect(decideRefresh(token, at(1000))).toBe('invalid');
    expect(decideRefresh({ ...token, revokedAt: at(1) }, at(2))).toBe('invalid');
  });

  it('is forgiven for ten seconds when it is the one before the current', () => {
    const previous = { ...token, replacedAt: at(100), familyReplacedAt: at(100) };
    expect(decideRefresh(previous, at(110))).toBe('exchange');
    expect(decideRefresh(previous, at(110.001))).toBe('reuse');
  });

  it('is reuse when an even newer one was exchanged, however recently', () => {
    expect(decideRefresh({ ...token, replacedAt: at(100), familyReplacedAt: at(101) }, at(102))).toBe('reuse');
  });
});
