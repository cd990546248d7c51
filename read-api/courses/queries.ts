import { isUuid } from '@eduplatform/contracts/primitives';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { DocumentStore, StoredDocument } from '../read-model/document-store.ts';
import type { Read } from '../read-model/read.ts';

/** The course page's document. Throws course_not_found. */
export const courseDocument = (store: DocumentStore, read: Read, idOrSlug: string): Promise<StoredDocument> =>
  ofCourse(store, read, idOrSlug, documentKeys.course);

/** The curriculum of a course. Throws course_not_found. */
export const curriculumDocument = (store: DocumentStore, read: Read, idOrSlug: string): Promise<StoredDocument> =>
  ofCourse(store, read, idOrSlug, documentKeys.curriculum);

async function ofCourse(
  store: DocumentStore,
  read: Read,
  idOrSlug: string,
  keyOf: (courseId: string) => string,
): Promise<StoredDocument> {
  const courseId = isUuid(idOrSlug) ? idOrSlug : await idOfSlug(store, read, idOrSlug);
  const document = courseId === null ? null : await store.get(read, keyOf(courseId));
  if (!document) throw new ProblemError('course_not_found');
  return document;
}

async function idOfSlug(store: DocumentStore, read: Read, slug: string): Promise<string | null> {
  const document = await store.get(read, documentKeys.slug(slug));
  const id: unknown = document ? JSON.parse(document.body.toString()) : null;
  return typeof id === 'string' ? id : null;
}
