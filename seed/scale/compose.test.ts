import { checkMarkdown } from '@eduplatform/write-api/markdown/checks';
import { renderMarkdown } from '@eduplatform/write-api/markdown/render';
import { expect, test } from 'vitest';
import { LIMITS } from '../course-source.ts';
import { countWords } from '../generate/lesson.ts';
import { composeCourse } from './compose.ts';
import { courseHead } from './heads.ts';
import { createParagraphs } from './paragraphs.ts';
import { everybody } from './people.ts';
import { createBlockRenderer } from './render-blocks.ts';
import { SIZES } from './sizes.ts';
import { staffOf } from './staff.ts';

const sizes = SIZES.small;
const staff = staffOf(sizes);
const heads = Array.from({ length: 60 }, (_, index) => courseHead(1, sizes, staff, index * 16));
const [, teacher] = everybody(1, sizes, staff, heads);
if (!teacher) throw new Error('there is nobody');
const compose = (paragraphs = createParagraphs(1)) => heads.map((head) => composeCourse(1, head, teacher, paragraphs));
const courses = compose();
const lessons = courses.flatMap(({ modules }) => modules.flatMap((module) => module.lessons));
const texts = [...lessons.map(({ bodyMd }) => bodyMd), ...courses.map(({ descriptionMd }) => descriptionMd)];

test('rendered block by block, texts become what publishing makes of them', () => {
  const rendered = createBlockRenderer();
  for (const text of texts) expect(rendered(text)).toEqual(renderMarkdown(text));
});

test('a heading that comes twice gets the anchors that publishing gives it', () => {
  const text = '## Again\n\nOne.\n\n## Again\n\nTwo.\n';
  expect(createBlockRenderer()(text)).toEqual(renderMarkdown(text));
});

test('the write API takes every text', () => {
  for (const text of texts) expect(checkMarkdown(text)).toEqual([]);
});

test('lessons are of a readable length, with no slot left open, and few are the same', () => {
  for (const { bodyMd, title } of lessons) {
    expect(countWords(bodyMd)).toBeGreaterThanOrEqual(45);
    expect(countWords(bodyMd)).toBeLessThanOrEqual(170);
    expect(`${title}\n${bodyMd}`).not.toMatch(/[{}]|undefined/);
    expect(title.length).toBeLessThanOrEqual(LIMITS.lessonTitle);
  }
  expect(new Set(lessons.map(({ bodyMd }) => bodyMd)).size).toBe(lessons.length);
});

test('texts do not depend on what was composed before', () => {
  const paragraphs = createParagraphs(1);
  const backward = heads.toReversed().map((head) => composeCourse(1, head, teacher, paragraphs));
  expect(backward.toReversed()).toEqual(courses);
});

test('only paid courses have a free preview', () => {
  for (const { price, modules } of courses) {
    const previews = modules.flatMap((module) => module.lessons).filter(({ isFreePreview }) => isFreePreview);
    expect(previews.length).toBe(price ? 1 : 0);
  }
});
