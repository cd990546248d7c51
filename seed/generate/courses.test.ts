import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { categories } from '../categories.ts';
import { LIMITS } from '../course-source.ts';
import { readCourseFolder } from '../read-folder.ts';
import { generateCourses } from './courses.ts';
import { countWords } from './lesson.ts';

const SEARCH_DOCUMENT_LIMIT = 4000;
const content = fileURLToPath(new URL('../content/', import.meta.url));
const courses = [...generateCourses({ seed: 1, count: 300 })];
const lessons = courses.flatMap((course) => course.modules.flatMap((module) => module.lessons));

test('the same seed gives the same courses, another seed others', () => {
  expect([...generateCourses({ seed: 1, count: 300 })]).toEqual(courses);
  const others = [...generateCourses({ seed: 2, count: 300 })];
  expect(others.map((course) => course.title)).not.toEqual(courses.map((course) => course.title));
});

test('a smaller count gives the beginning of a larger one', () => {
  expect([...generateCourses({ seed: 1, count: 20 })]).toEqual(courses.slice(0, 20));
});

test('no two courses share a title or a slug, written ones included', async () => {
  const folders = await readdir(content, { withFileTypes: true });
  const written = await Promise.all(
    folders.filter((entry) => entry.isDirectory()).map((entry) => readCourseFolder(content + entry.name)),
  );
  const all = [...courses, ...written];
  expect(new Set(all.map((course) => course.slug)).size).toBe(all.length);
  expect(new Set(all.map((course) => course.title.toLowerCase())).size).toBe(all.length);
  const lessonCount = all.reduce((sum, { modules }) => sum + modules.flatMap((module) => module.lessons).length, 0);
  expect(all.length + lessonCount).toBeLessThan(SEARCH_DOCUMENT_LIMIT);
});

test('every lesson has 60 to 140 words, one to three headings and no slot left open', () => {
  for (const { bodyMd } of lessons) {
    expect(countWords(bodyMd)).toBeGreaterThanOrEqual(60);
    expect(countWords(bodyMd)).toBeLessThanOrEqual(140);
    expect([1, 2, 3]).toContain(bodyMd.match(/^## /gm)?.length);
    expect(bodyMd).not.toMatch(/[{}]|undefined/);
  }
});

test('every sentence of a lesson begins with a capital', () => {
  for (const { bodyMd, title } of lessons) {
    expect(`${title}\n${bodyMd}`).not.toMatch(/^\p{Ll}/mu);
    expect(bodyMd).not.toMatch(/[.!?] \p{Ll}/u);
  }
});

test('every course has 3 to 8 lessons and stays within what the database accepts', () => {
  const slugs = new Set(categories.map((category) => category.slug));
  for (const course of courses) {
    const count = course.modules.flatMap((module) => module.lessons).length;
    expect(count).toBeGreaterThanOrEqual(3);
    expect(count).toBeLessThanOrEqual(8);
    expect(course.title.length).toBeLessThanOrEqual(LIMITS.courseTitle);
    expect(course.subtitle.length).toBeLessThanOrEqual(LIMITS.subtitle);
    expect(course.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(slugs).toContain(course.categorySlug);
  }
});

test('only paid courses have free previews', () => {
  for (const course of courses) {
    const previews = course.modules.flatMap((module) => module.lessons).filter((lesson) => lesson.isFreePreview);
    expect(previews.length).toBe(course.price ? 1 : 0);
  }
});

test('about a quarter is Russian, many are free, every level and category occurs, some 40 people teach', () => {
  const share = (matches: (course: (typeof courses)[number]) => boolean) =>
    courses.filter(matches).length / courses.length;
  expect(share((course) => course.language === 'ru')).toBeCloseTo(0.25, 1);
  expect(share((course) => course.price === null)).toBeGreaterThan(0.3);
  expect(share((course) => course.price === null)).toBeLessThan(0.5);
  expect(new Set(courses.map((course) => course.level)).size).toBe(3);
  expect(new Set(courses.map((course) => course.categorySlug)).size).toBe(categories.length);
  expect(new Set(courses.map((course) => course.teacher.email)).size).toBeGreaterThan(30);
});

test('Russian courses are in Russian letters, with Russian teachers', () => {
  for (const course of courses.filter(({ language }) => language === 'ru')) {
    expect(course.descriptionMd).toMatch(/\p{Script=Cyrillic}{20}|\p{Script=Cyrillic}+ \p{Script=Cyrillic}+/u);
    expect(course.teacher.name).toMatch(/^[\p{Script=Cyrillic} ]+$/u);
  }
});

test('asking for more titles than there are says so', () => {
  expect(() => [...generateCourses({ seed: 1, count: 5000 })]).toThrow('generate fewer courses');
});
