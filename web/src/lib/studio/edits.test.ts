import { expect, it } from 'vitest';
import type { StudioCourse } from '@eduplatform/contracts/http/studio';
import { editsOf, lessonsOf, mergeEdits } from './edits.ts';

const course: StudioCourse = {
  id: 'c',
  slug: 'bread',
  title: 'Bread',
  subtitle: '',
  descriptionMd: 'About bread',
  language: 'en',
  level: 'beginner',
  category: 'cooking',
  price: null,
  outcomes: ['Bake'],
  state: 'draft',
  version: 3,
  liveRevision: null,
  updatedAt: '2026-11-01T10:00:00Z',
  isArchived: false,
  modules: [
    {
      id: 'm',
      title: 'Dough',
      lessons: [{ id: 'l', title: 'Flour', bodyMd: 'Text', isFreePreview: false, durationMinutes: 5 }],
    },
  ],
  checklist: [],
};

const changed = (change: (copy: StudioCourse) => void): StudioCourse => {
  const copy = structuredClone(course);
  change(copy);
  return copy;
};
const firstLesson = (of: StudioCourse) => {
  const [lesson] = lessonsOf(of);
  if (!lesson) throw new Error('no lesson');
  return lesson;
};
const mine = changed((copy) => {
  copy.title = 'My bread';
  firstLesson(copy).bodyMd = 'My text';
});
const edits = editsOf(course, mine);

it('lists what the teacher changed and what it was', () => {
  expect(edits).toEqual([
    { target: 'course', field: 'title', base: 'Bread', mine: 'My bread' },
    { target: 'l', field: 'bodyMd', base: 'Text', mine: 'My text' },
  ]);
});

it('keeps edits on top of changes elsewhere without a question', () => {
  const theirs = changed((copy) => (copy.subtitle = 'Theirs'));
  const { working, contested } = mergeEdits(theirs, edits);
  expect(contested).toEqual([]);
  expect([working.title, working.subtitle, firstLesson(working).bodyMd]).toEqual(['My bread', 'Theirs', 'My text']);
});

it('keeps my text and reports theirs where both changed a field', () => {
  const theirs = changed((copy) => (firstLesson(copy).bodyMd = 'Their text'));
  const { working, contested } = mergeEdits(theirs, edits);
  expect(firstLesson(working).bodyMd).toBe('My text');
  expect(contested).toEqual([{ target: 'l', field: 'bodyMd', base: 'Text', mine: 'My text', theirs: 'Their text' }]);
});

it('asks nothing where both made the same change', () => {
  expect(mergeEdits(mine, edits)).toEqual({ working: mine, contested: [], orphaned: [] });
});

it('hands back what was written in a lesson that is gone', () => {
  const theirs = changed((copy) => (copy.modules = []));
  expect(mergeEdits(theirs, edits).orphaned).toEqual([{ target: 'l', field: 'bodyMd', base: 'Text', mine: 'My text' }]);
});
