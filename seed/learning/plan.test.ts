import { expect, test } from 'vitest';
import { planLearning, type PlannedCourse } from './plan.ts';

const now = new Date('2026-11-01T12:00:00Z');
const courses: PlannedCourse[] = Array.from({ length: 40 }, (_, index) => ({
  id: `c${index}`,
  slug: `course-${index}`,
  language: 'en',
  price: null,
  publishedAt: new Date(now.getTime() - (index + 1) * 86_400_000),
  lessonIds: ['a', 'b', 'c', 'd'],
}));
const students = Array.from({ length: 60 }, (_, index) => ({ id: `s${index}`, language: 'en' as const }));
const plan = planLearning(courses, students, now);

test('the same courses are always taken by the same students', () => {
  expect(planLearning(courses, students, now)).toEqual(plan);
});

test('nobody takes a course twice, and popular courses have many students', () => {
  expect(new Set(plan.map(({ course, student }) => `${course.id} ${student.id}`)).size).toBe(plan.length);
  const takers = (id: string): number => plan.filter(({ course }) => course.id === id).length;
  expect(takers('c0')).toBeGreaterThan(25);
  expect(takers('c39')).toBeLessThan(10);
});

test('nothing happens before a course was published or after now', () => {
  for (const { course, enrolledAt, lastActivityAt } of plan) {
    expect(enrolledAt >= course.publishedAt && lastActivityAt >= enrolledAt && lastActivityAt <= now).toBe(true);
  }
});

test('only those who did something review', () => {
  const reviewed = plan.filter(({ review }) => review);
  expect(reviewed.length).toBeGreaterThan(50);
  expect(reviewed.every(({ doneLessonIds }) => doneLessonIds.length > 0)).toBe(true);
});
