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
    expect(mayOpen({ access, ownerId: 'owner' }, reader)).toBe(expected);
  });

  it('is locked to everybody when its guard cannot be read', () => {
    expect(mayOpen(null, user('owner', 'admin'))).toBe(false);
  });
});
