import { describe, expect, it } from 'vitest';
import { callToAction, type Standing } from './call-to-action.ts';

const paid = { price: { amount: 2900, currency: 'USD' }, isArchived: false };
const standing: Standing = {
  courseId: '',
  isOwner: false,
  isEnrolled: false,
  isFavorite: false,
  progress: null,
  hasReviewed: false,
};
const progress = {
  courseId: '',
  percent: 40,
  doneCount: 2,
  lessonCount: 5,
  done: [],
  remaining: [],
  nextLesson: { id: 'lesson-3', title: 'Third' },
  positions: {},
  completion: null,
  notCompleteBecause: 'lessons_remaining' as const,
};

describe('what a course asks of its reader', () => {
  it('is to enroll where it is free, and to buy where it is not', () => {
    expect(callToAction({ ...paid, price: null }, null)).toEqual({ kind: 'enroll' });
    expect(callToAction(paid, standing)).toEqual({ kind: 'buy' });
  });

  it('is to go on where they stopped', () => {
    expect(callToAction(paid, { ...standing, isEnrolled: true, progress })).toEqual({
      kind: 'continue',
      percent: 40,
      isComplete: false,
      lessonId: 'lesson-3',
    });
  });

  it('stays so for those enrolled in an archived course, which takes nobody else', () => {
    const archived = { ...paid, isArchived: true };
    expect(callToAction(archived, { ...standing, isEnrolled: true, progress }).kind).toBe('continue');
    expect(callToAction(archived, standing)).toEqual({ kind: 'archived' });
    expect(callToAction(archived, null)).toEqual({ kind: 'archived' });
  });

  it('is to write where it is their own', () => {
    expect(callToAction(paid, { ...standing, isOwner: true }).kind).toBe('studio');
  });

  it('stays possible while the progress is not there yet', () => {
    expect(callToAction(paid, { ...standing, isEnrolled: true })).toMatchObject({ percent: 0, lessonId: null });
  });
});
