import { expect, it } from 'vitest';
import { subjectOf } from './subject.ts';

const ID = '01997e1c-0000-7000-8000-000000000001';
const LESSON = '01997e1c-0000-7000-8000-000000000002';

it.each([
  ['rust-from-zero', 'rust-from-zero'],
  [`  ${ID.toUpperCase()} `, ID],
  ['https://school.example/courses/rust-from-zero', 'rust-from-zero'],
  ['https://school.example/ru/courses/rust-from-zero?from=mail#reviews', 'rust-from-zero'],
  [`https://school.example/courses/rust-from-zero/lessons/${LESSON}`, LESSON],
  [`/studio/courses/${ID}`, ID],
  [`/studio/courses/${ID}/lessons/${LESSON}?publish`, LESSON],
  [`/studio/courses/${ID}/students`, ID],
])('%s asks about %s', (text, subject) => {
  expect(subjectOf(text)).toBe(subject);
});

it.each(['', 'Rust from zero', 'https://school.example/search?q=rust', '/courses', 'a'.repeat(81), '../../v1'])(
  '%j asks about nothing',
  (text) => {
    expect(subjectOf(text)).toBeNull();
  },
);
