import type { OutboxEvents, OutboxEventType } from '@eduplatform/contracts/events';
import type { EventRow } from '../projection.ts';

/**
 * What a batch of events touches, as sets: events that touch the same thing collapse. Nothing in it says what became
 * of the thing, since the order of events across transactions is not the order of commits; `load` finds that out.
 */
export interface Touched {
  courses: Set<string>;
  /** Courses of which only the figures changed (students, ratings): their lessons need not be loaded. */
  heads: Set<string>;
  /**
   * Revisions of these courses that were live before one of the events: their lessons and their category are what the
   * sinks may still hold. (A sink that already holds a later revision will meet the event that names it.)
   */
  revisions: Map<string, Set<number>>;
  /** Lessons and slugs that may be gone, of courses that may be gone with their revisions. */
  lessons: Set<string>;
  slugs: Set<string>;
  /** The list of categories with its counts. */
  categories: boolean;
  /** All live courses of these categories, and the heads of those of these owners. They may be many, so they are found page by page. */
  ofCategories: Set<string>;
  ofOwners: Set<string>;
}

export const nothingTouched = (): Touched => ({
  courses: new Set(),
  heads: new Set(),
  revisions: new Map(),
  lessons: new Set(),
  slugs: new Set(),
  categories: false,
  ofCategories: new Set(),
  ofOwners: new Set(),
});

type Touches = { [T in OutboxEventType]?: (touched: Touched, payload: OutboxEvents[T]) => void };

const touchRevision = (touched: Touched, courseId: string, revision: number): void => {
  const revisions = touched.revisions.get(courseId) ?? new Set();
  touched.revisions.set(courseId, revisions.add(revision));
};

/** Touches on documents that do not tell how many students a course has. */
export const TOUCHES_WITHOUT_STUDENTS: Touches = {
  'course.published': (touched, { courseId, previousRevision }) => {
    touched.courses.add(courseId);
    if (previousRevision === null) touched.categories = true;
    else touchRevision(touched, courseId, previousRevision);
  },
  'course.unpublished': (touched, { courseId, revision }) => {
    touched.courses.add(courseId);
    touched.categories = true;
    touchRevision(touched, courseId, revision);
  },
  'course.deleted': (touched, { courseId, lessonIds, slug }) => {
    touched.courses.add(courseId);
    touched.categories = true;
    touched.slugs.add(slug);
    for (const id of lessonIds) touched.lessons.add(id);
  },
  'course.archive_changed': (touched, { courseId }) => {
    touched.courses.add(courseId);
    touched.categories = true;
  },
  'category.changed': (touched, { slug }) => {
    touched.categories = true;
    touched.ofCategories.add(slug);
  },
  'review.changed': (touched, { courseId }) => {
    touched.heads.add(courseId);
  },
  'user.changed': (touched, { userId }) => {
    touched.ofOwners.add(userId);
  },
  'user.deleted': (touched, { userId }) => {
    touched.ofOwners.add(userId);
  },
};

export const TOUCHES: Touches = {
  ...TOUCHES_WITHOUT_STUDENTS,
  'enrollment.changed': (touched, { courseId }) => {
    touched.heads.add(courseId);
  },
};

/** What the rows touch. Types that this version does not know touch nothing: they are another consumer's. */
export function touchedBy(rows: readonly EventRow[], touches: Touches = TOUCHES): Touched {
  const touched = nothingTouched();
  for (const { type, payload } of rows) {
    if (!Object.hasOwn(touches, type)) continue;
    (touches[type as OutboxEventType] as ((touched: Touched, payload: unknown) => void) | undefined)?.(
      touched,
      payload,
    );
  }
  return touched;
}
