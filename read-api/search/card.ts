import type { CourseCard } from '@eduplatform/contracts/documents';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { DocumentStore } from '../read-model/document-store.ts';
import type { Read } from '../read-model/read.ts';

/** A stored card, or null when it is damaged: one bad document must not take a page of results down. */
export function parseCard(text: string): CourseCard | null {
  try {
    return JSON.parse(text) as CourseCard;
  } catch {
    return null;
  }
}

/** The card of a course from Redis, or null when there is none. Throws 503 problems. */
export async function readCard(documents: DocumentStore, read: Read, courseId: string): Promise<CourseCard | null> {
  const document = await documents.get(read, documentKeys.card(courseId));
  return document && parseCard(document.body.toString());
}
