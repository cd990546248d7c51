import type { CourseSearchDocument, LessonSearchDocument } from '@eduplatform/contracts/search-index';
import { accessOf, courseCard, lessonsOf, priceOf } from './course-card.ts';
import type { Unversioned } from './draft-change.ts';
import type { LiveCourse, Loaded } from './loaded.ts';

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
  ...loaded.courses.flatMap((course) => [
    { key: searchKey('courses', course.id), body: JSON.stringify(courseDocument(course)) },
    ...lessonsOf(course).map((lesson) => ({
      key: searchKey('lessons', lesson.id),
      body: JSON.stringify(lessonDocument(course, lesson)),
    })),
  ]),
  ...loaded.goneCourses.map((id): Unversioned => ({ key: searchKey('courses', id), tombstone: true })),
  ...loaded.goneLessons.map((id): Unversioned => ({ key: searchKey('lessons', id), tombstone: true })),
];

type Body<T> = Omit<T, 'v' | 'h'>;

function courseDocument(course: LiveCourse): Body<CourseSearchDocument> {
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
    card: JSON.stringify(card),
  };
}

function lessonDocument(course: LiveCourse, lesson: ReturnType<typeof lessonsOf>[number]): Body<LessonSearchDocument> {
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
