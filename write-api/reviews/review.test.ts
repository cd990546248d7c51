import { describe, expect, it } from 'vitest';
import { assertMayDelete, assertMayReply, assertMayReport, assertMayReview, assertVisible } from './review.ts';

const refusal = (code: string) => expect.objectContaining({ code });

describe('a review', () => {
  it('is written by who is enrolled and does not teach the course', () => {
    expect(() => assertMayReview('teacher', 'student', true)).not.toThrow();
    expect(() => assertMayReview('teacher', 'student', false)).toThrow(refusal('not_enrolled'));
    expect(() => assertMayReview('teacher', 'teacher', true)).toThrow(refusal('own_course'));
  });

  it('that an admin has hidden can neither be answered nor deleted', () => {
    for (const check of [assertVisible, assertMayDelete]) expect(() => check({ isHidden: false })).not.toThrow();
    expect(() => assertVisible({ isHidden: true })).toThrow(refusal('review_not_found'));
    expect(() => assertMayDelete({ isHidden: true })).toThrow(refusal('review_hidden'));
  });

  it('is answered by the teacher of its course', () => {
    expect(() => assertMayReply({ ownerId: 'teacher' }, 'teacher')).not.toThrow();
    expect(() => assertMayReply({ ownerId: 'teacher' }, 'other teacher')).toThrow(refusal('forbidden'));
  });

  it('is reported by anybody but its author', () => {
    expect(() => assertMayReport({ userId: 'author' }, 'reader')).not.toThrow();
    expect(() => assertMayReport({ userId: 'author' }, 'author')).toThrow(refusal('forbidden'));
  });
});
