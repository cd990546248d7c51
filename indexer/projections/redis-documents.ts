import { catalogMemberships } from '@eduplatform/contracts/catalog';
import type { CategoryList, Course, Curriculum } from '@eduplatform/contracts/documents';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { accessOf, catalogEntry, categorySummary, courseCard } from './course-card.ts';
import type { Unversioned } from './draft-change.ts';
import { lessonDocuments } from './lesson-documents.ts';
import type { LiveCourse, Loaded } from './loaded.ts';

/** The documents of the Redis read model for what was loaded. */
export const redisDocuments = (loaded: Loaded): Unversioned[] => [
  ...loaded.courses.flatMap(courseDocuments),
  ...loaded.goneCourses.flatMap(courseTombstones),
  ...loaded.goneLessons.flatMap((id) => [tombstone(documentKeys.lesson(id)), tombstone(documentKeys.lessonLocked(id))]),
  ...loaded.slugs.map(slugDocument),
  ...(loaded.categories ? [categoriesDocument(loaded.categories)] : []),
];

const tombstone = (key: string): Unversioned => ({ key, tombstone: true });

const courseTombstones = (id: string): Unversioned[] =>
  [documentKeys.card(id), documentKeys.course(id), documentKeys.curriculum(id)].map(tombstone);

const slugDocument = ({ slug, courseId }: Loaded['slugs'][number]): Unversioned =>
  courseId === null
    ? tombstone(documentKeys.slug(slug))
    : { key: documentKeys.slug(slug), body: JSON.stringify(courseId) };

function courseDocuments(course: LiveCourse): Unversioned[] {
  return [
    {
      key: documentKeys.card(course.id),
      body: JSON.stringify(courseCard(course)),
      lists: catalogMemberships(catalogEntry(course)),
    },
    { key: documentKeys.course(course.id), body: JSON.stringify(courseDocument(course)) },
    { key: documentKeys.curriculum(course.id), body: JSON.stringify(curriculumDocument(course)) },
    ...lessonDocuments(course),
  ];
}

function courseDocument(course: LiveCourse): Course {
  const { content } = course;
  const lessons = content.modules.flatMap((module) => module.lessons);
  return {
    ...courseCard(course),
    descriptionHtml: content.descriptionHtml,
    outcomes: content.outcomes,
    teacherBio: course.owner.bio,
    moduleCount: content.modules.length,
    freePreviewCount: lessons.filter((lesson) => accessOf(course, lesson) === 'preview').length,
    studentCount: course.studentCount,
    isArchived: course.archivedAt !== null,
    revision: course.revision,
  };
}

const curriculumDocument = (course: LiveCourse): Curriculum => ({
  courseId: course.id,
  courseSlug: course.slug,
  courseTitle: course.content.title,
  modules: course.content.modules.map((module) => ({
    id: module.id,
    title: module.title,
    lessons: module.lessons.map((lesson) => ({
      id: lesson.id,
      title: lesson.title,
      durationMinutes: lesson.durationMinutes,
      access: accessOf(course, lesson),
      hasVideo: lesson.hasVideo,
    })),
  })),
});

function categoriesDocument(categories: NonNullable<Loaded['categories']>): Unversioned {
  const list: CategoryList = {
    items: categories.map((category) => ({ ...categorySummary(category), courseCount: category.courseCount })),
    nextCursor: null,
  };
  return { key: documentKeys.categories(), body: JSON.stringify(list) };
}
