import { catalogMemberships } from '@eduplatform/contracts/catalog';
import type { DocumentChange, ListMembership } from '@eduplatform/contracts/document-change';
import type { CourseOutline, EnrollmentCount } from '@eduplatform/contracts/learning';
import { documentKeys, listMember, lists } from '@eduplatform/contracts/redis-keys';
import { entryOf, type TestCourse } from './courses.ts';

/** The lists that a course stands in; in the archive that of its teacher's own courses alone. */
export function courseMemberships(course: TestCourse): ListMembership[] {
  const member = listMember([Date.parse(course.publishedAt)], course.id);
  const taught = { list: lists.taught(course.ownerId), member };
  if (course.isArchived) return [taught];
  return [...catalogMemberships(entryOf(course)), { list: lists.offered(course.ownerId), member }, taught];
}

/** What is kept of a course for the pages of those who learn and teach. */
export function figureDocuments(course: TestCourse, version: string): DocumentChange[] {
  const { id: courseId, slug, title, lessons, studentCount } = course;
  const outline: CourseOutline = {
    ...{ courseId, slug, title },
    lessons: lessons.map((lesson) => ({ id: lesson.id, title: lesson.title })),
  };
  const stats: EnrollmentCount = { courseId, count: studentCount };
  return [
    { key: documentKeys.outline(courseId), version, body: JSON.stringify(outline) },
    { key: documentKeys.stats(courseId), version, body: JSON.stringify(stats) },
  ];
}
