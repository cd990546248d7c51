import type { OutboxEvents } from '@eduplatform/contracts/events';
import type { OutboxRow } from '../source/outbox-row.ts';

/**
 * What a batch of events touches, as sets: events that touch the same thing collapse. Nothing in it says what became
 * of the thing, since the order of events across transactions is not the order of commits; `load` finds that out.
 */
export interface Touched {
  courses: Set<string>;
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
  /** All live courses of these categories and owners. They may be many, so they are found page by page. */
  ofCategories: Set<string>;
  ofOwners: Set<string>;
}

export const nothingTouched = (): Touched => ({
  courses: new Set(),
  revisions: new Map(),
  lessons: new Set(),
  slugs: new Set(),
  categories: false,
  ofCategories: new Set(),
  ofOwners: new Set(),
});

type Touch<T extends keyof OutboxEvents> = (touched: Touched, payload: OutboxEvents[T]) => void;

const touchRevision = (touched: Touched, courseId: string, revision: number): void => {
  const revisions = touched.revisions.get(courseId) ?? new Set();
  touched.revisions.set(courseId, revisions.add(revision));
};

const touches: { [T in keyof OutboxEvents]: Touch<T> } = {
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
  'course.draft_changed': () => {},
  'course.archive_changed': (touched, { courseId }) => {
    touched.courses.add(courseId);
    touched.categories = true;
  },
  'category.changed': (touched, { slug }) => {
    touched.categories = true;
    touched.ofCategories.add(slug);
  },
  'enrollment.changed': (touched, { courseId }) => {
    touched.courses.add(courseId);
  },
  'review.changed': (touched, { courseId }) => {
    touched.courses.add(courseId);
  },
  'progress.changed': () => {},
  'course.completed': () => {},
  'payment.changed': () => {},
  'notifications.changed': () => {},
  'favorite.changed': () => {},
  'note.changed': () => {},
  'question.changed': () => {},
  'user.registered': () => {},
  'user.changed': (touched, { userId }) => {
    touched.ofOwners.add(userId);
  },
  'user.deleted': (touched, { userId }) => {
    touched.ofOwners.add(userId);
  },
};

const isKnown = (type: string): type is keyof OutboxEvents => Object.hasOwn(touches, type);

/** What the rows touch. Types that this version does not know touch nothing: they are another consumer's. */
export function touchedBy(rows: readonly Pick<OutboxRow, 'type' | 'payload'>[]): Touched {
  const touched = nothingTouched();
  for (const { type, payload } of rows) {
    if (isKnown(type)) (touches[type] as Touch<typeof type>)(touched, payload as never);
  }
  return touched;
}
