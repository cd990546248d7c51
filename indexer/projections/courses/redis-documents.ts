import { catalogMemberships } from '@eduplatform/contracts/catalog';
import type { CategoryList, Course, Curriculum } from '@eduplatform/contracts/documents';
import type { ListMembership } from '@eduplatform/contracts/document-change';
import type { CourseOutline } from '@eduplatform/contracts/learning';
import { documentKeys, listMember, lists } from '@eduplatform/contracts/redis-keys';
import { accessOf, catalogEntry, categorySummary, courseCard, lessonsOf, previewCountOf } from './course-card.ts';
import type { Unversioned } from '../draft-change.ts';
import { tombstone } from '../tombstone.ts';
import { lessonDocuments } from './lesson-documents.ts';
import type { CourseHead, LiveCourse, Loaded } from './loaded.ts';

/** The documents of the Redis read model for what was loaded. */
export const redisDocuments = (loaded: Loaded): Unversioned[] => [
  ...loaded.courses.flatMap(courseDocuments),
  ...loaded.heads.flatMap(headDocuments),
  ...loaded.goneCourses.flatMap(courseTombstones),
  ...loaded.goneLessons.flatMap((id) => [tombstone(documentKeys.lesson(id)), tombstone(documentKeys.lessonLocked(id))]),
  ...loaded.slugs.map(slugDocument),
  ...(loaded.categories ? [categoriesDocument(loaded.categories)] : []),
];

const courseTombstones = (id: string): Unversioned[] =>
  [documentKeys.card(id), documentKeys.course(id), documentKeys.curriculum(id), documentKeys.outline(id)].map(
    tombstone,
  );

const slugDocument = ({ slug, courseId }: Loaded['slugs'][number]): Unversioned =>
  courseId === null
    ? tombstone(documentKeys.slug(slug))
    : { key: documentKeys.slug(slug), body: JSON.stringify(courseId) };

function courseDocuments(course: LiveCourse): Unversioned[] {
  return [
    ...headDocuments(course),
    { key: documentKeys.curriculum(course.id), body: JSON.stringify(curriculumDocument(course)) },
    { key: documentKeys.outline(course.id), body: JSON.stringify(outlineDocument(course)) },
    ...lessonDocuments(course),
  ];
}

/** Card and page: all that figures change, and nothing that needs the lessons. */
const headDocuments = (course: CourseHead): Unversioned[] => [
  { key: documentKeys.card(course.id), body: JSON.stringify(courseCard(course)), lists: memberships(course) },
  { key: documentKeys.course(course.id), body: JSON.stringify(courseDocument(course)) },
];

/** In the archive a course stands in the list of its teacher's own courses alone. */
function memberships(course: CourseHead): ListMembership[] {
  const member = listMember([course.firstPublishedAt.getTime()], course.id);
  const taught = { list: lists.taught(course.owner.id), member };
  if (course.archivedAt) return [taught];
  return [...catalogMemberships(catalogEntry(course)), { list: lists.offered(course.owner.id), member }, taught];
}

const courseDocument = (course: CourseHead): Course => ({
  ...courseCard(course),
  descriptionHtml: course.content.descriptionHtml,
  outcomes: course.content.outcomes,
  teacherBio: course.owner.bio,
  moduleCount: course.size.moduleCount,
  freePreviewCount: previewCountOf(course),
  studentCount: course.studentCount,
  isArchived: course.archivedAt !== null,
  revision: course.revision,
});

const outlineDocument = (course: LiveCourse): CourseOutline => ({
  courseId: course.id,
  slug: course.slug,
  title: course.content.title,
  lessons: lessonsOf(course).map(({ id, title }) => ({ id, title })),
});

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
