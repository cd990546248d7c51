import { describe, expect, it } from 'vitest';
import type { Role } from '@eduplatform/contracts/primitives';
import { mayOpen } from './entitlement.ts';

const user = (sub: string, role: Role) => ({ sub, role, name: 'x', iat: 0, exp: 0 });

describe('a lesson', () => {
  it.each([
    ['free', null, true],
    ['preview', null, true],
    ['paid', null, false],
    ['paid', user('somebody', 'student'), false],
    ['paid', user('somebody', 'teacher'), false],
    ['paid', user('owner', 'teacher'), true],
    ['paid', user('owner', 'student'), true],
    ['paid', user('somebody', 'admin'), true],
  ] as const)('that is %s, for %o: %s', (access, reader, expected) => {
    expect(mayOpen({ access, ownerId: 'owner' }, reader, false)).toBe(expected);
  });

  it('is locked to everybody when its guard cannot be read', () => {
    expect(mayOpen(null, user('owner', 'admin'), true)).toBe(false);
  });

  it('that is paid is open to who is enrolled, once they sign in', () => {
    const guard = { access: 'paid', ownerId: 'owner' } as const;
    expect(mayOpen(guard, user('somebody', 'student'), true)).toBe(true);
    expect(mayOpen(guard, null, true)).toBe(false);
  });
});
