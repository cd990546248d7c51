import { describe, expect, it } from 'vitest';
import { entitlementOf } from './entitlement.ts';

const index = (access: 'free' | 'preview' | 'paid', ownerId = 'owner') => ({ access, ownerId, courseId: 'course' });
const guard = (access: 'free' | 'preview' | 'paid', ownerId = 'owner') => ({ access, ownerId, courseId: 'course' });
const user = (sub: string, role: 'student' | 'admin' = 'student') => ({ sub, role, name: 'x', iat: 0, exp: 0 });

describe('a lesson that was found', () => {
  it.each([
    ['free by both', index('free'), guard('free'), null, 'free', false],
    ['paid by its guard alone', index('free'), guard('paid'), null, 'paid', true],
    ['paid by the index alone', index('paid'), guard('preview'), null, 'paid', true],
    ['paid, to its owner', index('paid'), guard('paid'), user('owner'), 'paid', false],
    ['paid, to its owner by the index alone', index('paid'), guard('paid', 'new'), user('owner'), 'paid', true],
    ['paid, to its owner by the guard alone', index('paid', 'old'), guard('paid'), user('owner'), 'paid', true],
    ['of a damaged guard', index('free'), null, user('x', 'admin'), 'paid', true],
    ['free, while guards cannot be read', index('free'), 'unknown', null, 'free', false],
    ['a preview, while guards cannot be read', index('preview'), 'unknown', null, 'preview', false],
    ['paid, to its owner, while guards cannot be read', index('paid'), 'unknown', user('owner'), 'paid', true],
    ['paid, to an admin, while guards cannot be read', index('paid'), 'unknown', user('x', 'admin'), 'paid', true],
  ] as const)('is shown by the stricter of index and guard: %s', (_name, found, stored, reader, access, locked) => {
    expect(entitlementOf(found, { guard: stored, isEnrolled: false }, reader)).toEqual({ access, locked });
  });

  it.each([
    ['by both', index('paid'), guard('paid'), false],
    ['while guards cannot be read', index('paid'), 'unknown', true],
    ['of a damaged guard', index('paid'), null, true],
    ['of a guard that names another course', index('paid'), { ...guard('paid'), courseId: 'other' }, true],
  ] as const)(
    'that is paid is open to who is enrolled, as far as that is certain: %s',
    (_name, found, stored, locked) => {
      const standing = { guard: stored, isEnrolled: true };
      expect(entitlementOf(found, standing, user('student'))).toEqual({ access: 'paid', locked });
      expect(entitlementOf(found, { ...standing, isEnrolled: false }, user('student'))).toMatchObject({ locked: true });
    },
  );
});
