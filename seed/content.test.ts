import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { checkMarkdown } from '@eduplatform/write-api/markdown/checks';
import { expect, test } from 'vitest';
import { generateCourses } from './generate/courses.ts';
import { readCourseFolder } from './read-folder.ts';

const content = fileURLToPath(new URL('./content/', import.meta.url));
const folders = (await readdir(content, { withFileTypes: true })).filter((entry) => entry.isDirectory());
const courses = await Promise.all(folders.map((entry) => readCourseFolder(content + entry.name)));
const lessons = courses.flatMap((course) => course.modules.flatMap((module) => module.lessons));

const wordsIn = (markdown: string): number => markdown.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

test('there are eight courses, two of them in Russian, some free and some paid', () => {
  expect(courses).toHaveLength(8);
  expect(courses.filter((course) => course.language === 'ru')).toHaveLength(2);
  expect(new Set(courses.map((course) => course.categorySlug)).size).toBe(8);
  expect(courses.filter((course) => course.price === null).length).toBeGreaterThanOrEqual(2);
  expect(courses.filter((course) => course.price !== null).length).toBeGreaterThanOrEqual(4);
});

test.each(courses.map((course) => [course.slug, course] as const))('%s is complete', (_, course) => {
  const own = course.modules.flatMap((module) => module.lessons);
  expect(own.length).toBeGreaterThanOrEqual(5);
  expect(own.length).toBeLessThanOrEqual(10);
  expect(own.some((lesson) => lesson.isFreePreview)).toBe(true);
  expect(course.outcomes.length).toBeGreaterThanOrEqual(4);
  expect(wordsIn(course.descriptionMd)).toBeGreaterThanOrEqual(180);
  expect(course.teacher.bio).not.toBe('');
  for (const lesson of own) {
    expect(wordsIn(lesson.bodyMd), lesson.title).toBeGreaterThanOrEqual(350);
    expect(wordsIn(lesson.bodyMd), lesson.title).toBeLessThanOrEqual(700);
    expect(lesson.bodyMd.match(/^## /gm)?.length ?? 0, lesson.title).toBeGreaterThanOrEqual(2);
  }
});

test('code blocks are closed and at most three lessons have a video', () => {
  for (const lesson of lessons) expect((lesson.bodyMd.match(/^```/gm)?.length ?? 0) % 2, lesson.title).toBe(0);
  expect(lessons.filter((lesson) => /^https:\/\/\S+$/m.test(lesson.bodyMd)).length).toBeLessThanOrEqual(3);
});

test('the phrases named for search tests occur in exactly one lesson', async () => {
  const readme = await readFile(`${content}README.md`, 'utf8');
  const phrases = [...readme.matchAll(/^\| `[^`]+` \| (.+?) \|$/gm)].map((match) => match[1] ?? '');
  expect(phrases).toHaveLength(2);
  const texts = [...lessons.map((lesson) => lesson.bodyMd), ...courses.map((course) => course.descriptionMd)];
  for (const phrase of phrases) {
    expect(
      texts.filter((text) => text.toLowerCase().includes(phrase.toLowerCase())),
      phrase,
    ).toHaveLength(1);
  }
});

test('the write API takes every text, written or generated', () => {
  for (const course of [...courses, ...generateCourses({ seed: 1, count: 60 })]) {
    const own = course.modules.flatMap((module) => module.lessons.map((lesson) => lesson.bodyMd));
    for (const markdown of [course.descriptionMd, ...own]) expect(checkMarkdown(markdown), course.slug).toEqual([]);
  }
});
