import { lessonIdOf } from '../course-rows.ts';
import { moduleSizes } from '../generate/courses.ts';
import type { Random } from '../generate/random.ts';
import { sentence } from '../generate/slots.ts';
import {
  planEnrollment,
  qualityOf,
  type PlannedCourse,
  type PlannedEnrollment,
  type PlannedReview,
} from '../learning/plan.ts';
import { REVIEW_TEXTS } from '../learning/review-texts.ts';
import { addEnrollment, noRows, type CourseNames, type LearningRows } from '../learning/rows.ts';
import { seedId } from '../seed-id.ts';
import { DATA_NOW, DAY_MS } from './ages.ts';
import type { Enrollment } from './enrollments.ts';
import type { CourseHead } from './heads.ts';
import { noticesOf } from './notices.ts';
import type { Person } from './people.ts';
import { REVIEWS } from './phrases.ts';
import { randomOf } from './random-of.ts';

const FAVORITE_SHARE = 0.12;
const OWN_WORDS_SHARE = 0.5;
const DISAPPOINTED_SHARE = 0.04;
const REFUND_DAYS = 10;

/** The rows of some enrollments, with all that came of them. */
export function learningRows(seed: number, enrollments: readonly Enrollment[], teacherOf: TeacherOf): LearningRows {
  const data = noRows();
  for (const enrollment of enrollments) {
    const { course, student, enrolledAt, payment } = enrollment;
    const planned = planOne(seed, enrollment);
    const teacher = teacherOf(course);
    const names: CourseNames = {
      title: course.title,
      slug: course.slug,
      ownerId: teacher.id,
      teacherName: teacher.name,
    };
    const receiptNumber = (): number => payment?.receiptNumber ?? 0;
    addEnrollment(data, planned, { names, studentName: student.name, receiptNumber });
    data.rows.notifications.push(...noticesOf(seed, planned, { student, teacher, title: course.title, payment }));
    const isFavorite = randomOf(seed, 'favorite', course.index, student.id).next() < FAVORITE_SHARE;
    if (isFavorite) data.rows.favorites.push([student.id, planned.course.id, enrolledAt]);
  }
  return data.rows;
}

export type TeacherOf = (course: CourseHead) => Person;

function planOne(seed: number, { course, student, enrolledAt, payment }: Enrollment): PlannedEnrollment {
  const random = randomOf(seed, 'learning', course.index, student.id);
  const quality = qualityOf(randomOf(seed, 'quality', course.index));
  const now = new Date(DATA_NOW);
  const planned = planEnrollment(plannedCourse(course), student, { random, quality, now, enrolledAt });
  const isSecondTry = payment?.wasDeclined ?? false;
  if (payment?.isRefunded) {
    const refundedAt = new Date(Math.min(enrolledAt.getTime() + random.next() * REFUND_DAYS * DAY_MS, DATA_NOW));
    return {
      ...planned,
      isSecondTry,
      refundedAt,
      lastActivityAt: refundedAt,
      doneLessonIds: [],
      review: null,
      question: null,
    };
  }
  const review = planned.review && grumbled(planned.review, course, random);
  if (!review || review.text === '' || random.next() >= OWN_WORDS_SHARE) return { ...planned, isSecondTry, review };
  const slots = { t: course.topic.name, c: random.pick(course.topic.concepts) };
  const text = sentence(random.pick(REVIEWS[course.language][review.rating]), slots);
  return { ...planned, isSecondTry, review: { ...review, text } };
}

/** Some are disappointed by the best of courses. */
function grumbled(review: PlannedReview, { language }: CourseHead, random: Random): PlannedReview {
  if (random.next() >= DISAPPOINTED_SHARE) return review;
  const rating = random.pick([1, 1, 2] as const);
  return { ...review, rating, text: random.pick(REVIEW_TEXTS[language][rating]) };
}

function plannedCourse({ slug, language, price, publishedAt, lessonCount }: CourseHead): PlannedCourse {
  const lessonIds = moduleSizes(lessonCount).flatMap((size, m) =>
    Array.from({ length: size }, (_, l) => lessonIdOf(slug, m, l, publishedAt)),
  );
  return { id: seedId(slug, publishedAt), slug, language, price, publishedAt, lessonIds };
}
