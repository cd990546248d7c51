import type { Money } from '@eduplatform/contracts/primitives';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';

/** What readers see of a course, as far as commands on it need it; without its texts. */
export interface LiveCourse {
  id: string;
  slug: string;
  ownerId: string;
  /** As published; the draft's may be another already. */
  title: string;
  price: Money | null;
  revision: number;
  /** The live lessons in their order. */
  lessonIds: string[];
  /** Those that anybody may open though the course has a price. */
  previewIds: string[];
  isArchived: boolean;
}

// Two statements: a row that had to be waited for is read anew, a row joined to it is not.
const LOCK = `
  select id, slug, owner_id as "ownerId", live_revision as revision, archived_at is not null as "isArchived"
  from courses where id = $1 and live_revision is not null for key share`;
const REVISION = `
  select title, price, lesson_ids as "lessonIds", preview_ids as "previewIds"
  from course_revisions where course_id = $1 and revision = $2`;

/**
 * The published course, which nobody publishes, archives or takes back before the transaction ends: the lock is the one
 * that a foreign key takes anyway. Throws course_not_found.
 */
export async function loadLiveCourse(tx: Tx, courseId: string): Promise<LiveCourse> {
  const course = await findLiveCourse(tx, courseId);
  if (!course) throw new ProblemError('course_not_found');
  return course;
}

/** loadLiveCourse, with undefined for a course that is not published. */
export async function findLiveCourse(tx: Tx, courseId: string): Promise<LiveCourse | undefined> {
  const course = await tx.query<Omit<LiveCourse, keyof RevisionPart>>(LOCK, [courseId]);
  if (!course.rows[0]) return undefined;
  const revision = await tx.query<RevisionPart>(REVISION, [courseId, course.rows[0].revision]);
  return revision.rows[0] && { ...course.rows[0], ...revision.rows[0] };
}

type RevisionPart = Pick<LiveCourse, 'title' | 'price' | 'lessonIds' | 'previewIds'>;

/** The published course that shows the lesson. Throws lesson_not_found. */
export async function loadCourseOfLesson(tx: Tx, lessonId: string): Promise<LiveCourse> {
  const course = await findCourseOfLesson(tx, lessonId);
  if (!course) throw new ProblemError('lesson_not_found');
  return course;
}

/** loadCourseOfLesson, with undefined for a lesson that is not live. */
export async function findCourseOfLesson(tx: Tx, lessonId: string): Promise<LiveCourse | undefined> {
  const { rows } = await tx.query<{ courseId: string }>(
    'select course_id as "courseId" from live_lessons where lesson_id = $1',
    [lessonId],
  );
  const course = rows[0] && (await findLiveCourse(tx, rows[0].courseId));
  // A publication may have taken the lesson out while we waited for it.
  return course?.lessonIds.includes(lessonId) ? course : undefined;
}
