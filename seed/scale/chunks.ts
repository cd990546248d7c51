import type { Rendered } from '@eduplatform/write-api/courses/revision';
import type { CopyValue } from '../copy.ts';
import { COLUMNS, courseRows } from '../course-rows.ts';
import { LEARNING_COLUMNS, type LearningTable } from '../learning/rows.ts';
import { composeCourse } from './compose.ts';
import { planEnrollments, type Enrollment } from './enrollments.ts';
import { courseHead, type CourseHead } from './heads.ts';
import { learningRows } from './learning.ts';
import { createParagraphs, type Paragraphs } from './paragraphs.ts';
import { everybody, type Person } from './people.ts';
import { createBlockRenderer } from './render-blocks.ts';
import type { Sizes } from './sizes.ts';
import { staffOf } from './staff.ts';

/** Rows of one table. */
export interface TableRows {
  table: string;
  columns: readonly string[];
  rows: CopyValue[][];
}

/** What one transaction loads: the same rows whenever it is asked, whatever was loaded before. */
export interface Chunk {
  name: string;
  size: number;
  tables(): TableRows[];
}

/** Chunks that need nothing of each other; those of the phase before must be there. */
export interface Phase {
  title: string;
  chunks: Chunk[];
}

/** How many of each make a transaction: long enough to be fast, and over in less than a second. */
const SIZES = { people: 2_000, courses: 100, enrollments: 2_000 };

const PEOPLE_COLUMNS = [
  'id', 'email', 'name', 'bio', 'role', 'password_hash', 'is_verified', 'is_demo', 'language', 'created_at',
  'email_verified_at',
]; // prettier-ignore

/** Everything that a scale consists of besides the categories. `passwordHash` is everybody's. */
export function planScale(seed: number, sizes: Sizes, passwordHash: string): Phase[] {
  const staff = staffOf(sizes);
  const heads = Array.from({ length: sizes.courses }, (_, index) => courseHead(seed, sizes, staff, index));
  const people = everybody(seed, sizes, staff, heads);
  const enrollments = planEnrollments(seed, sizes, heads, people);
  const texts = { paragraphs: createParagraphs(seed), rendered: createBlockRenderer() };
  const teacherOf = ({ owner }: CourseHead): Person => teacher(people, owner);
  return [
    phase('people', people, (some) => [peopleRows(some, passwordHash)]),
    phase('courses', heads, (some) => coursesRows(seed, some, teacherOf, texts)),
    phase('enrollments', enrollments, (some: readonly Enrollment[]) => {
      const rows = learningRows(seed, some, teacherOf);
      return (Object.keys(LEARNING_COLUMNS) as LearningTable[]).map((table) => ({
        ...{ table, columns: LEARNING_COLUMNS[table], rows: rows[table] },
      }));
    }),
  ];
}

function phase<T>(title: keyof typeof SIZES, items: readonly T[], rowsOf: (some: readonly T[]) => TableRows[]): Phase {
  const size = SIZES[title];
  const chunks = Array.from({ length: Math.ceil(items.length / size) }, (_, index): Chunk => {
    const some = items.slice(index * size, (index + 1) * size);
    return { name: `${title} ${index + 1}`, size: some.length, tables: () => rowsOf(some) };
  });
  return { title, chunks };
}

function teacher(people: readonly Person[], owner: number): Person {
  // The admin comes before the teachers.
  const person = people[owner + 1];
  if (person?.role !== 'teacher') throw new Error(`there is no teacher ${owner}`);
  return person;
}

function peopleRows(people: readonly Person[], passwordHash: string): TableRows {
  const rows = people.map(({ id, email, name, bio, role, language, createdAt }) => [
    ...[id, email, name, bio, role, passwordHash, role !== 'student', true, language, createdAt, createdAt],
  ]);
  return { table: 'users', columns: PEOPLE_COLUMNS, rows };
}

function coursesRows(
  seed: number,
  heads: readonly CourseHead[],
  teacherOf: (course: CourseHead) => Person,
  { paragraphs, rendered }: { paragraphs: Paragraphs; rendered: Rendered },
): TableRows[] {
  const courses = heads.map((head) => {
    const owner = teacherOf(head);
    return courseRows(composeCourse(seed, head, owner, paragraphs), owner.id, head.publishedAt, rendered);
  });
  return [
    { table: 'courses', columns: COLUMNS.courses, rows: courses.map(({ course }) => course) },
    { table: 'course_revisions', columns: COLUMNS.course_revisions, rows: courses.map(({ revision }) => revision) },
    { table: 'modules', columns: COLUMNS.modules, rows: courses.flatMap(({ modules }) => modules) },
    { table: 'lessons', columns: COLUMNS.lessons, rows: courses.flatMap(({ lessons }) => lessons) },
    { table: 'live_lessons', columns: COLUMNS.live_lessons, rows: courses.flatMap((course) => liveRows(course)) },
  ];
}

const liveRows = ({ courseId, lessonIds }: { courseId: string; lessonIds: string[] }): CopyValue[][] =>
  lessonIds.map((id) => [id, courseId]);
