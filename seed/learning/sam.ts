import type { CopyValue } from '../copy.ts';
import { seedId } from '../seed-id.ts';
import type { PlannedCourse, PlannedEnrollment } from './plan.ts';
import { event, type CourseNames, type LearningData } from './rows.ts';

const HOUR_MS = 3_600_000;

/** How far the demo's student is in which of the written courses: all of one, part of two, nothing of a fourth. */
const DONE: Record<string, number> = {
  'speak-up-technical-talks': 1,
  'sourdough-at-home': 0.5,
  'rust-ownership-without-tears': 0.34,
  'nochnoe-nebo': 0,
};
const FAVORITES = ['watercolor-landscapes', 'statistics-you-can-use', 'postgres-for-application-developers'];

/** The demo student's own way through the written courses, so that no page of theirs is empty. */
export function planSam(courses: readonly PlannedCourse[], samId: string, now: Date): PlannedEnrollment[] {
  const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * HOUR_MS);
  return Object.entries(DONE).flatMap(([slug, share], index) => {
    const course = courses.find((one) => one.slug === slug);
    if (!course) return [];
    const enrolledAt = new Date(Math.max(course.publishedAt.getTime(), hoursAgo(60 - index).getTime()));
    const active = new Date(Math.max(enrolledAt.getTime(), hoursAgo(4 + 3 * index).getTime()));
    return [
      {
        course,
        student: { id: samId, language: 'en' as const },
        enrolledAt,
        lastActivityAt: active,
        isSecondTry: false,
        refundedAt: null,
        doneLessonIds: course.lessonIds.slice(0, Math.floor(share * course.lessonIds.length)),
        review: share === 1 ? { rating: 5 as const, text: 'I gave the talk. People stayed awake.', reply: null } : null,
        question: null,
      },
    ];
  });
}

/** Favorites of the demo's student, and what they were notified of. */
export function addSam(
  { rows, events }: LearningData,
  plan: readonly PlannedEnrollment[],
  { samId, courses, names, now }: SamContext,
): void {
  for (const course of courses.filter(({ slug }) => FAVORITES.includes(slug))) {
    rows.favorites.push([samId, course.id, now]);
    const payload = { userId: samId, courseId: course.id };
    events.push(event('favorite', `${samId}:${course.id}`, 'favorite.changed', payload));
  }
  const notices = plan.flatMap(({ course, enrolledAt, lastActivityAt, doneLessonIds }): CopyValue[][] => {
    const { title = '' } = names.get(course.id) ?? {};
    const notice = (type: string, at: Date, link: string): CopyValue[] => [
      seedId(`notification ${type} ${course.slug}`, at),
      samId,
      type,
      JSON.stringify({ courseTitle: title, slug: course.slug, link }),
      null,
      null,
      at,
    ];
    const isDone = doneLessonIds.length === course.lessonIds.length;
    return [
      notice('enrolled', enrolledAt, `/courses/${course.slug}`),
      ...(isDone ? [notice('completed', lastActivityAt, '/my/courses')] : []),
    ];
  });
  rows.notifications.push(...notices);
  const ids = notices.map(([id]) => String(id));
  if (ids[0]) events.push(event('notification', ids[0], 'notifications.changed', { ids }));
}

export interface SamContext {
  samId: string;
  courses: readonly PlannedCourse[];
  names: ReadonlyMap<string, CourseNames>;
  now: Date;
}
