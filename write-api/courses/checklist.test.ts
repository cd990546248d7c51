import { describe, expect, it } from 'vitest';
import { checklistOf } from './checklist.ts';
import type { DraftModule } from './draft.ts';

const lesson = (title: string, bodyMd = 'Text.') => ({
  id: title,
  title,
  bodyMd,
  isFreePreview: false,
  durationMinutes: 1,
});
const module = (title: string, ...lessons: DraftModule['lessons']): DraftModule => ({ id: title, title, lessons });
const missing = (descriptionMd: string, modules: DraftModule[]) =>
  checklistOf({ descriptionMd }, modules).flatMap(({ code, ok, message }) => (ok ? [] : [`${code}: ${message}`]));

describe('the checklist', () => {
  it('is fulfilled by a described course whose lessons have texts', () => {
    expect(missing('About bread.', [module('A', lesson('1'))])).toEqual([]);
  });

  it('asks an empty course for a description, a module and a lesson', () => {
    expect(missing(' ', [])).toEqual([
      'description: Describe the course',
      'modules: Add a module',
      'moduleLessons: Give each module a lesson',
    ]);
  });

  it('names the modules without lessons and the lessons without texts', () => {
    const lessons = ['1', '2', '3', '4'].map((title) => lesson(title, '\n'));
    expect(missing('About.', [module('A', ...lessons), module('B')])).toEqual([
      'moduleLessons: Add a lesson to “B”',
      'lessonTexts: Write the text of “1”, “2”, “3” and 1 more',
    ]);
  });
});
