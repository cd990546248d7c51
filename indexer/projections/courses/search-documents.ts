import type { CourseSearchDocument, LessonSearchDocument } from '@eduplatform/contracts/search-index';
import { ratingScore } from '@eduplatform/contracts/rating';
import type { RevisionLesson } from '@eduplatform/contracts/revision';
import { accessOf, courseCard, lessonsOf, priceOf } from './course-card.ts';
import type { Unversioned } from '../draft-change.ts';
import type { CourseHead, LiveCourse, Loaded } from './loaded.ts';

/** Kind of the index and id of the document within it, as one key. */
export const searchKey = (index: 'courses' | 'lessons', id: string): string => `${index}:${id}`;

export function parseSearchKey(key: string): { index: 'courses' | 'lessons'; id: string } {
  const [index, id, ...rest] = key.split(':');
  if ((index !== 'courses' && index !== 'lessons') || !id || rest.length > 0) {
    throw new RangeError(`not a key of the search sink: ${key}`);
  }
  return { index, id };
}

/** The documents of the search read model for what was loaded; the sink adds their version and hash. */
export const searchDocuments = (loaded: Loaded): Unversioned[] => [
  ...loaded.courses.flatMap((course) => [courseChange(course), ...lessonsOf(course).map(lessonChange(course))]),
  ...loaded.heads.map(courseChange),
  ...loaded.goneCourses.map((id) => tombstone('courses', id)),
  ...loaded.goneLessons.map((id) => tombstone('lessons', id)),
];

const tombstone = (index: 'courses' | 'lessons', id: string): Unversioned => ({
  key: searchKey(index, id),
  tombstone: true,
});

/** What is in the archive is not found; who is enrolled finds it among their own courses. */
const courseChange = (course: CourseHead): Unversioned =>
  course.archivedAt
    ? tombstone('courses', course.id)
    : { key: searchKey('courses', course.id), body: JSON.stringify(courseDocument(course)) };

const lessonChange =
  (course: LiveCourse) =>
  (lesson: RevisionLesson): Unversioned =>
    course.archivedAt
      ? tombstone('lessons', lesson.id)
      : { key: searchKey('lessons', lesson.id), body: JSON.stringify(lessonDocument(course, lesson)) };

type Body<T> = Omit<T, 'v' | 'h'>;

function courseDocument(course: CourseHead): Body<CourseSearchDocument> {
  const card = courseCard(course);
  return {
    id: course.id,
    slug: course.slug,
    title: card.title,
    subtitle: card.subtitle,
    outcomes: course.content.outcomes,
    description: course.content.descriptionText,
    teacherName: course.owner.name,
    category: course.category.slug,
    language: card.language,
    level: card.level,
    price: card.price ? 'paid' : 'free',
    priceAmount: card.price?.amount ?? 0,
    priceCurrency: card.price?.currency ?? null,
    durationMinutes: card.durationMinutes,
    lessonCount: card.lessonCount,
    publishedAt: course.firstPublishedAt.getTime(),
    updatedAt: course.publishedAt.getTime(),
    ratingAverage: card.rating?.average ?? null,
    ratingCount: course.reviews.count,
    ratingScore: ratingScore(course.reviews),
    card: JSON.stringify(card),
  };
}

function lessonDocument(course: LiveCourse, lesson: RevisionLesson): Body<LessonSearchDocument> {
  return {
    id: lesson.id,
    courseId: course.id,
    courseSlug: course.slug,
    courseTitle: course.content.title,
    ownerId: course.owner.id,
    title: lesson.title,
    access: accessOf(course, lesson),
    sections: lesson.sections,
    category: course.category.slug,
    language: course.content.language,
    level: course.content.level,
    price: priceOf(course) ? 'paid' : 'free',
    durationMinutes: lesson.durationMinutes,
    publishedAt: course.firstPublishedAt.getTime(),
    updatedAt: Date.parse(lesson.updatedAt),
  };
}
