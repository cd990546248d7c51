import { expect, it } from 'vitest';
import type { StudioCourse } from '@eduplatform/contracts/http/studio';
import type { CourseRevision } from '@eduplatform/contracts/revision';
import { changesOf, outOfOrder } from './changes.ts';

const lesson = (id: string, title = `Lesson ${id}`) => ({
  id,
  title,
  bodyMd: `Text of ${id}`,
  isFreePreview: false,
  durationMinutes: 5,
});
const fields = {
  title: 'Bread',
  subtitle: '',
  descriptionMd: 'About bread',
  language: 'en',
  level: 'beginner',
  category: 'cooking',
  price: { amount: 900, currency: 'USD' },
  outcomes: ['Bake'],
} as const;
const course = (modules: { id: string; title: string; lessons: ReturnType<typeof lesson>[] }[]) =>
  ({ id: 'course', ...fields, outcomes: [...fields.outcomes], modules }) as StudioCourse;
const revision = (draft: StudioCourse) => draft as unknown as CourseRevision;

const base = course([
  { id: 'm1', title: 'One', lessons: [lesson('a'), lesson('b')] },
  { id: 'm2', title: 'Two', lessons: [lesson('c')] },
]);

it('finds nothing between equal contents', () => {
  expect(changesOf(revision(base), structuredClone(base))).toEqual([]);
});

it('names the changed fields of the course', () => {
  const draft = { ...base, title: 'Good bread', price: null };
  expect(changesOf(revision(base), draft)).toEqual([
    {
      subject: 'course',
      change: 'changed',
      id: 'course',
      title: 'Good bread',
      previousTitle: 'Bread',
      fields: ['title', 'price'],
    },
  ]);
});

it('tells added, removed, renamed and moved lessons apart', () => {
  const draft = course([
    { id: 'm1', title: 'One', lessons: [lesson('a', 'Renamed'), lesson('d')] },
    { id: 'm2', title: 'Two', lessons: [lesson('b')] },
  ]);
  const found = changesOf(revision(base), draft).map(({ id, change, fields }) => ({ id, change, fields }));
  expect(found).toEqual([
    { id: 'a', change: 'changed', fields: ['title'] },
    { id: 'd', change: 'added', fields: [] },
    { id: 'b', change: 'changed', fields: ['place'] },
    { id: 'c', change: 'removed', fields: [] },
  ]);
});

it('calls the fewest parts moved', () => {
  expect(outOfOrder(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c'])).toEqual(new Set(['d']));
  expect(outOfOrder(['a', 'b', 'c'], ['a', 'b', 'c'])).toEqual(new Set());
});
