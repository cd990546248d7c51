import { expect, test } from 'vitest';
import { LIMITS } from '../course-source.ts';
import { DATA_NOW } from './ages.ts';
import { courseHead } from './heads.ts';
import { SIZES } from './sizes.ts';
import { staffOf } from './staff.ts';

const sizes = SIZES.medium;
const staff = staffOf(sizes);
const heads = Array.from({ length: sizes.courses }, (_, index) => courseHead(1, sizes, staff, index));

test('there are exactly as many lessons as the sizes say, at least one in each course', () => {
  expect(heads.reduce((sum, { lessonCount }) => sum + lessonCount, 0)).toBe(sizes.lessons);
  expect(Math.min(...heads.map(({ lessonCount }) => lessonCount))).toBe(1);
});

test('full has at least 400,000 lessons in 100,000 courses, the others a tenth and a hundredth', () => {
  expect(SIZES.full).toEqual({
    users: 50_000,
    courses: 100_000,
    lessons: 400_000,
    enrollments: 200_000,
    payments: 50_000,
  });
  expect([SIZES.medium.courses, SIZES.medium.lessons]).toEqual([10_000, 40_000]);
  expect([SIZES.small.courses, SIZES.small.lessons]).toEqual([1_000, 4_000]);
});

test('slugs and nearly all titles are unique, and within what the database accepts', () => {
  expect(new Set(heads.map(({ slug }) => slug)).size).toBe(heads.length);
  expect(new Set(heads.map(({ title }) => title.toLowerCase())).size).toBeGreaterThan(heads.length * 0.98);
  for (const { slug, title } of heads) {
    expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(slug.length).toBeLessThanOrEqual(80);
    expect(title.length).toBeLessThanOrEqual(LIMITS.courseTitle);
    expect(title).not.toMatch(/[{}]|undefined/);
  }
});

test('about a quarter is Russian, taught by those who speak it', () => {
  const russian = heads.filter(({ language }) => language === 'ru');
  expect(russian.length / heads.length).toBeCloseTo(0.25, 1);
  expect(heads.every(({ owner, language }) => staff.languageOf(owner) === language)).toBe(true);
});

test('courses come in the order of their publication, more and more of them, and none in the future', () => {
  const times = heads.map(({ publishedAt }) => publishedAt.getTime());
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(-1)).toBeLessThan(DATA_NOW);
  const middle = ((times[0] ?? 0) + DATA_NOW) / 2;
  expect(times.filter((time) => time > middle).length).toBeGreaterThan(heads.length * 0.6);
});

test('a head depends on the seed and its number alone', () => {
  expect(courseHead(1, sizes, staffOf(sizes), 77)).toEqual(heads[77]);
  expect(courseHead(2, sizes, staff, 77)).not.toEqual(heads[77]);
});
