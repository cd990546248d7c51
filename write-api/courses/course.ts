import { isDeepStrictEqual } from 'node:util';
import type { PatchCourseBody } from '@eduplatform/contracts/http/studio';
import type { ProblemCode } from '@eduplatform/contracts/problems';
import type { Language, Level, Money } from '@eduplatform/contracts/primitives';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { Actor } from '../commands/outcome.ts';

/** A course as its teacher edits it, without its modules. Rules here are pure. */
export interface Course {
  id: string;
  ownerId: string;
  slug: string;
  title: string;
  subtitle: string;
  descriptionMd: string;
  language: Language;
  level: Level;
  category: string;
  price: Money | null;
  outcomes: string[];
  version: number;
  /** Version of the draft that the live revision shows. */
  publishedVersion: number | null;
  liveRevision: number | null;
  firstPublishedAt: Date | null;
  publishedAt: Date | null;
  /** Out of the catalog and closed for new students; who is enrolled goes on reading. */
  archivedAt: Date | null;
  updatedAt: Date;
}

export const MAX_MODULES = 100;
export const MAX_LESSONS = 500;
/** Characters in all lessons of a course: what one publish renders, stores and sends to the indexer. */
export const MAX_CHARACTERS = 2_000_000;

export type DraftState = 'draft' | 'live' | 'changed' | 'unpublished';

/** How the draft stands to what readers see. */
export function draftState(course: Pick<Course, 'version' | 'publishedVersion' | 'liveRevision' | 'firstPublishedAt'>) {
  if (course.liveRevision === null) return course.firstPublishedAt ? 'unpublished' : 'draft';
  return course.version === course.publishedVersion ? 'live' : 'changed';
}

/** Throws forbidden unless the role may have courses at all. */
export function assertMayTeach(actor: Actor): void {
  if (actor.role === 'student') throw new ProblemError('forbidden', 'only teachers may have courses');
}

/** Throws teacher_not_verified unless an admin has verified the teacher. */
export function assertMayPublish(actor: Actor): void {
  if (actor.role !== 'admin' && !actor.isVerified) throw new ProblemError('teacher_not_verified');
}

/**
 * Throws unless the actor may see and edit the draft. Somebody else's draft does not exist for them (`missing`);
 * that a live course exists is known, so that is `forbidden`.
 */
export function assertMayEdit(course: Course, actor: Actor, missing: ProblemCode): void {
  if (actor.role === 'admin') return;
  if (actor.role === 'teacher' && course.ownerId === actor.id) return;
  if (course.liveRevision !== null) throw new ProblemError('forbidden', 'only its teacher may edit this course');
  throw new ProblemError(missing);
}

/** Throws version_conflict when the draft is not at the version that the caller saw. */
export function assertVersion(course: Course, expected: number): void {
  if (course.version === expected) return;
  throw new ProblemError('version_conflict', `you saw version ${expected}; the current version is ${course.version}`, {
    headers: { etag: `"${course.version}"` },
  });
}

export function assertSize(modules: number, lessons: number): void {
  if (modules > MAX_MODULES) throw new ProblemError('course_too_large', `a course has at most ${MAX_MODULES} modules`);
  if (lessons > MAX_LESSONS) throw new ProblemError('course_too_large', `a course has at most ${MAX_LESSONS} lessons`);
}

export function assertTextSize(characters: number): void {
  if (characters <= MAX_CHARACTERS) return;
  throw new ProblemError('course_too_large', `the lessons of a course have at most ${MAX_CHARACTERS} characters`);
}

/** White space around what people type into one line means nothing. */
export const tidy = (text: string): string => text.trim();

/** A price of nothing is no price. */
export const tidyPrice = (price: Money | null): Money | null => (price && price.amount > 0 ? price : null);

/** The course with the given fields changed, or null when that changes nothing. */
export function patchCourse(course: Course, patch: PatchCourseBody): Course | null {
  const { title, subtitle, price, outcomes, slug, ...others } = patch;
  if (slug !== undefined && slug !== course.slug && course.firstPublishedAt) {
    throw new ProblemError('slug_frozen', 'links to the course would break: its slug was fixed when it was published');
  }
  const next: Course = {
    ...course,
    ...others,
    ...(slug !== undefined && { slug }),
    ...(title !== undefined && { title: tidy(title) }),
    ...(subtitle !== undefined && { subtitle: tidy(subtitle) }),
    ...(price !== undefined && { price: tidyPrice(price) }),
    ...(outcomes !== undefined && { outcomes: outcomes.map(tidy) }),
  };
  return isDeepStrictEqual(next, course) ? null : next;
}
