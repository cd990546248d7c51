import { randomUUID } from 'node:crypto';
import type { CatalogEntry } from '@eduplatform/contracts/catalog';
import type { Course, CourseCard, Curriculum, Lesson, LessonGuard } from '@eduplatform/contracts/documents';
import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Language, LessonAccess, Level, Money } from '@eduplatform/contracts/primitives';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { averageOf, type Stars } from '@eduplatform/contracts/rating';
import type { CourseSearchDocument, LessonSearchDocument, LessonSection } from '@eduplatform/contracts/search-index';
import { formatPosition } from '@eduplatform/contracts/positions';
import { courseMemberships, figureDocuments } from './course-figures.ts';

export interface TestLesson {
  id: string;
  title: string;
  access: LessonAccess;
  sections: LessonSection[];
}

export interface TestCourse {
  id: string;
  slug: string;
  title: string;
  subtitle: string;
  category: string;
  language: Language;
  level: Level;
  price: Money | null;
  ownerId: string;
  durationMinutes: number;
  publishedAt: string;
  updatedAt: string;
  lessons: TestLesson[];
  studentCount: number;
  reviews: Stars;
  isArchived: boolean;
}

let counter = 0;

/** A course that differs from every other; anything can be told. */
export function testCourse(given: Partial<TestCourse> = {}): TestCourse {
  counter += 1;
  const published = new Date(Date.UTC(2026, 0, 1) + counter * 60_000).toISOString();
  return {
    id: randomUUID(),
    slug: `course-${counter}-${randomUUID().slice(0, 8)}`,
    title: `Course ${counter}`,
    subtitle: `What course ${counter} teaches`,
    category: 'cooking',
    language: 'en',
    level: 'beginner',
    price: null,
    ownerId: randomUUID(),
    durationMinutes: 60 + counter,
    publishedAt: published,
    updatedAt: published,
    lessons: [],
    studentCount: 0,
    reviews: { count: 0, sum: 0 },
    isArchived: false,
    ...given,
  };
}

export function testLesson(given: Partial<TestLesson> = {}): TestLesson {
  return {
    id: randomUUID(),
    title: 'A lesson',
    access: 'free',
    sections: [{ heading: 'First steps', anchor: 'first-steps', text: 'Begin at the beginning.' }],
    ...given,
  };
}

export const positionAt = (transactionId: number, history = 1, position = 0): string =>
  formatPosition({ history, transactionId: String(transactionId), position: String(position) });

export function cardOf(course: TestCourse): CourseCard {
  return {
    id: course.id,
    slug: course.slug,
    title: course.title,
    subtitle: course.subtitle,
    language: course.language,
    level: course.level,
    category: { slug: course.category, name: { en: course.category, ru: course.category }, hue: 20, motif: 'waves' },
    teacher: { id: course.ownerId, name: 'Ada Example', isVerified: true },
    price: course.price,
    lessonCount: course.lessons.length,
    durationMinutes: course.durationMinutes,
    rating: ratingOf(course),
    publishedAt: course.publishedAt,
    updatedAt: course.updatedAt,
  };
}

function ratingOf({ reviews }: TestCourse): CourseCard['rating'] {
  const average = averageOf(reviews);
  return average === null ? null : { average, count: reviews.count };
}

export const entryOf = (course: TestCourse): CatalogEntry => ({
  id: course.id,
  title: course.title,
  category: course.category,
  language: course.language,
  level: course.level,
  priceAmount: course.price?.amount ?? 0,
  durationMinutes: course.durationMinutes,
  publishedAtMs: Date.parse(course.publishedAt),
  updatedAtMs: Date.parse(course.updatedAt),
  studentCount: course.studentCount,
  reviews: course.reviews,
});

/** What the indexer would write to Redis for a published course. */
export function redisDocuments(course: TestCourse, version: string): DocumentChange[] {
  const card = cardOf(course);
  const page: Course = {
    ...card,
    descriptionHtml: '<p>Description</p>',
    outcomes: ['An outcome'],
    teacherBio: 'A teacher',
    moduleCount: 1,
    freePreviewCount: course.lessons.filter(({ access }) => access === 'preview').length,
    studentCount: course.studentCount,
    isArchived: course.isArchived,
    revision: 1,
  };
  const curriculum: Curriculum = {
    courseId: course.id,
    courseSlug: course.slug,
    courseTitle: course.title,
    modules: [
      {
        id: randomUUID(),
        title: 'Module',
        lessons: course.lessons.map(({ id, title, access }) => ({
          id,
          title,
          access,
          durationMinutes: 5,
          hasVideo: false,
        })),
      },
    ],
  };
  return [
    { key: documentKeys.card(course.id), version, body: JSON.stringify(card), lists: courseMemberships(course) },
    { key: documentKeys.course(course.id), version, body: JSON.stringify(page) },
    { key: documentKeys.slug(course.slug), version, body: JSON.stringify(course.id) },
    { key: documentKeys.curriculum(course.id), version, body: JSON.stringify(curriculum) },
    ...figureDocuments(course, version),
    ...course.lessons.flatMap((lesson) => lessonDocuments(course, lesson, version)),
  ];
}

function lessonDocuments(course: TestCourse, lesson: TestLesson, version: string): DocumentChange[] {
  const guard: LessonGuard = { access: lesson.access, courseId: course.id, ownerId: course.ownerId };
  const full: Lesson = {
    id: lesson.id,
    courseId: course.id,
    courseSlug: course.slug,
    courseTitle: course.title,
    moduleTitle: 'Module',
    title: lesson.title,
    durationMinutes: 5,
    access: lesson.access,
    locked: false,
    headings: lesson.sections.map(({ heading, anchor }) => ({ level: 2, text: heading, anchor })),
    html: lesson.sections.map(({ text }) => `<p>${text}</p>`).join(''),
    previous: null,
    next: null,
    number: 1,
    lessonCount: course.lessons.length,
    updatedAt: course.updatedAt,
  };
  return [
    { key: documentKeys.lesson(lesson.id), version, body: JSON.stringify(full), guard: JSON.stringify(guard) },
    {
      key: documentKeys.lessonLocked(lesson.id),
      version,
      body: JSON.stringify({ ...full, locked: true, html: null }),
      guard: JSON.stringify(guard),
    },
  ];
}

/** What the indexer would send to the search engine for a published course. */
export function searchDocuments(
  course: TestCourse,
  version: string,
): { courses: CourseSearchDocument[]; lessons: LessonSearchDocument[] } {
  const price = course.price ? 'paid' : 'free';
  const times = { publishedAt: Date.parse(course.publishedAt), updatedAt: Date.parse(course.updatedAt) };
  const shared = { category: course.category, language: course.language, level: course.level, v: version, h: version };
  return {
    courses: [
      {
        ...shared,
        ...times,
        id: course.id,
        slug: course.slug,
        title: course.title,
        subtitle: course.subtitle,
        outcomes: [],
        description: '',
        teacherName: 'Ada Example',
        price,
        priceAmount: course.price?.amount ?? 0,
        priceCurrency: course.price?.currency ?? null,
        durationMinutes: course.durationMinutes,
        lessonCount: course.lessons.length,
        ratingAverage: null,
        ratingCount: 0,
        ratingScore: 3500,
        card: JSON.stringify(cardOf(course)),
      },
    ],
    lessons: course.lessons.map((lesson) => ({
      ...shared,
      ...times,
      id: lesson.id,
      courseId: course.id,
      courseSlug: course.slug,
      courseTitle: course.title,
      ownerId: course.ownerId,
      title: lesson.title,
      access: lesson.access,
      sections: lesson.sections,
      price,
      durationMinutes: 5,
    })),
  };
}
