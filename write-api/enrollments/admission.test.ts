import { describe, expect, it } from 'vitest';
import { assertMayEnroll } from './admission.ts';

const free = { ownerId: 'teacher', isArchived: false, price: null };
const paid = { ...free, price: { amount: 100, currency: 'EUR' } };

describe('enrolling without paying', () => {
  it('is open to everybody in a free course', () => {
    expect(() => assertMayEnroll(free, 'student', false)).not.toThrow();
  });

  it.each([
    ['one’s own course', paid, 'teacher', false, 'own_course'],
    ['a course twice, whatever it costs by now', { ...paid, isArchived: true }, 'student', true, 'already_enrolled'],
    ['an archived course', { ...paid, isArchived: true }, 'student', false, 'course_archived'],
    ['a course that has a price', paid, 'student', false, 'payment_required'],
  ])('is not possible in %s', (_what, course, userId, isEnrolled, code) => {
    expect(() => assertMayEnroll(course, userId, isEnrolled)).toThrow(expect.objectContaining({ code }));
  });
});
