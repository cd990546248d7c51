import { expect, test } from 'vitest';
import type { CourseState } from '../writers/course-history.ts';
import { judge, type Reading } from './judge.ts';

const first = { courseId: 'c', title: 'One', lessonId: 'a', lessonTitle: 'Lesson one' };
const second = { ...first, title: 'Two' };
const reading = (changes: Partial<Reading>): Reading => ({
  ...{ status: 200, isStale: false, isDegraded: false, seen: { title: 'One' } },
  ...changes,
});

test('the state of the token and any later one are right', () => {
  expect(judge(reading({}), [first, second], { courseId: 'c' })).toBe('right');
  expect(
    judge(reading({ seen: { title: 'Two', lessonTitle: 'Lesson one' } }), [first, second], { courseId: 'c' }),
  ).toBe('right');
  expect(judge(reading({ status: 404, seen: null }), [first, null], { courseId: 'c' })).toBe('right');
});

test('an older state is a violation unless the answer says that it is stale', () => {
  expect(judge(reading({}), [second], { courseId: 'c' })).toBe('violation');
  expect(judge(reading({ status: 404, seen: null }), [first], { courseId: 'c' })).toBe('violation');
  expect(judge(reading({ isStale: true }), [second], { courseId: 'c' })).toBe('stale');
});

test('a part of one state with a part of another is a violation', () => {
  const third = { ...second, lessonTitle: 'Lesson two' };
  expect(
    judge(reading({ seen: { title: 'One', lessonTitle: 'Lesson two' } }), [first, second, third], { courseId: 'c' }),
  ).toBe('violation');
});

test('what something else has taken the place of may be missing', () => {
  const others: CourseState = { ...second, lessonId: 'b' };
  expect(judge(reading({ status: 404, seen: null }), [first, others], { lessonId: 'a' })).toBe('right');
  expect(judge(reading({ status: 404, seen: null }), [first, second], { lessonId: 'a' })).toBe('violation');
});

test('a 503 is no answer, and any other status is a violation', () => {
  expect(judge(reading({ status: 503, seen: null }), [first], { courseId: 'c' })).toBe('unavailable');
  expect(judge(reading({ status: 500, seen: null }), [first], { courseId: 'c' })).toBe('violation');
});

test('lists in the place of hits need not have room for a course, but must not show an older one', () => {
  expect(judge(reading({ isDegraded: true, seen: null }), [first], { courseId: 'c' })).toBe('degraded');
  expect(judge(reading({ isDegraded: true }), [second], { courseId: 'c' })).toBe('violation');
});
