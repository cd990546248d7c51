import { expect, it } from 'vitest';
import { subjectOfLetter } from './letter-subject.ts';

const LESSON = '01997e1c-0000-7000-8000-000000000002';

it.each([
  [`lesson:${LESSON}`, 'courses', LESSON],
  [`lessons:${LESSON}`, 'courses', LESSON],
  [`lesson-locked:${LESSON}`, 'courses', LESSON],
  ['card:course', 'courses', 'course'],
  ['teacher:x', 'users', null],
])('why %s of %s is not live is told for %s', (key, sourceKind, subject) => {
  expect(subjectOfLetter({ key, sourceKind, sourceKey: 'course' })).toBe(subject);
});
