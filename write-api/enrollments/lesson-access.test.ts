import { describe, expect, it } from 'vitest';
import type { Role } from '@eduplatform/contracts/primitives';
import { mayOpenLesson } from './lesson-access.ts';

const paid = { ownerId: 'owner', price: { amount: 100, currency: 'EUR' }, previewIds: ['preview'] };
const free = { ...paid, price: null, previewIds: [] };
const somebody = (id: string, role: Role = 'student') => ({ id, role });

describe('a lesson', () => {
  it.each([
    ['of a free course, for anybody', free, 'lesson', somebody('stranger'), false, true],
    ['that is a preview, for anybody', paid, 'preview', somebody('stranger'), false, true],
    ['that is paid for, for a stranger', paid, 'lesson', somebody('stranger'), false, false],
    ['that is paid for, for another teacher', paid, 'lesson', somebody('stranger', 'teacher'), false, false],
    ['that is paid for, for who is enrolled', paid, 'lesson', somebody('student'), true, true],
    ['that is paid for, for its teacher', paid, 'lesson', somebody('owner', 'teacher'), false, true],
    ['that is paid for, for an admin', paid, 'lesson', somebody('admin', 'admin'), false, true],
  ])('%s', (_what, course, lessonId, actor, isEnrolled, expected) => {
    expect(mayOpenLesson(course, lessonId, actor, isEnrolled)).toBe(expected);
  });
});
