import { courses, lessons, modules } from '../fill/courses.ts';
import { categories, completions, enrollments, lessonProgress, reviews, users } from '../fill/people.ts';
import type { TableCopy } from '../fill/table-copy.ts';

export const firstCopies: readonly TableCopy[] = [
  ...[users, categories, courses, modules, lessons],
  ...[enrollments, lessonProgress, completions, reviews],
];
