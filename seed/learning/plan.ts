import type { Language, Money } from '@eduplatform/contracts/primitives';
import { hashText, createRandom, type Random } from '../generate/random.ts';
import { QUESTIONS, REPLIES, REVIEW_TEXTS } from './review-texts.ts';

/** What the plan needs to know of a course. */
export interface PlannedCourse {
  id: string;
  slug: string;
  language: Language;
  price: Money | null;
  publishedAt: Date;
  lessonIds: string[];
}
export interface PlannedStudent {
  id: string;
  language: Language;
}

export interface PlannedReview {
  rating: 1 | 2 | 3 | 4 | 5;
  text: string;
  reply: string | null;
}

/** One student's way through one course. Times are shares of the days since the course was published. */
export interface PlannedEnrollment {
  course: PlannedCourse;
  student: PlannedStudent;
  enrolledAt: Date;
  lastActivityAt: Date;
  /** Another card was declined before this one was charged. */
  isSecondTry: boolean;
  /** When the money was given back, and the enrollment ended. */
  refundedAt: Date | null;
  doneLessonIds: string[];
  review: PlannedReview | null;
  question: { lessonId: string; title: string; body: string; answer: string } | null;
}

const REVIEW_SHARE = 0.4;
const REPLY_SHARE = 0.25;
const COMPLETE_SHARE = 0.3;
const QUESTION_SHARE = 0.06;

/** The share of the students that a course has: a few have many, most have few (a Zipf curve over the rank). */
const popularity = (rank: number): number => Math.min(0.85, 3 / (rank + 3));

/**
 * Who took which course of the demo, how far they came and what they said. Depends on the slugs alone.
 * @param courses the most popular first
 */
export function planLearning(
  courses: readonly PlannedCourse[],
  students: readonly PlannedStudent[],
  now: Date,
): PlannedEnrollment[] {
  return courses.flatMap((course, rank) => {
    const random = createRandom(hashText(`learning ${course.slug}`));
    const quality = qualityOf(random);
    const count = Math.round(popularity(rank) * students.length * (0.6 + 0.4 * random.next()));
    const crowd = random.shuffle(students.filter(({ language }) => language === course.language || language === 'ru'));
    return crowd.slice(0, count).map((student) => {
      const age = now.getTime() - course.publishedAt.getTime();
      const enrolledAt = new Date(course.publishedAt.getTime() + age * random.next() * 0.9);
      return planEnrollment(course, student, { random, quality, now, enrolledAt });
    });
  });
}

/** Most courses are good, some are not: the mean that their stars scatter around. */
export const qualityOf = (random: Random): number => 3.4 + 1.5 * random.next() ** 0.6;

/** How far a student comes in a course, and what they say of it. */
export function planEnrollment(
  course: PlannedCourse,
  student: PlannedStudent,
  { random, quality, now, enrolledAt }: { random: Random; quality: number; now: Date; enrolledAt: Date },
): PlannedEnrollment {
  const lastActivityAt = new Date(enrolledAt.getTime() + (now.getTime() - enrolledAt.getTime()) * random.next() * 0.9);
  const isDone = random.next() < COMPLETE_SHARE;
  const share = isDone ? 1 : random.next() ** 2;
  const doneLessonIds = course.lessonIds.slice(0, isDone ? undefined : Math.floor(share * course.lessonIds.length));
  const reviews = doneLessonIds.length > 0 && random.next() < REVIEW_SHARE;
  const lessonId = doneLessonIds[0];
  const asks = lessonId !== undefined && random.next() < QUESTION_SHARE;
  return {
    course,
    student,
    enrolledAt,
    lastActivityAt,
    isSecondTry: false,
    refundedAt: null,
    doneLessonIds,
    review: reviews ? planReview(course.language, quality, random) : null,
    question: asks ? { lessonId, ...random.pick(QUESTIONS[course.language]) } : null,
  };
}

function planReview(language: Language, quality: number, random: Random): PlannedReview {
  const stars = Math.round(quality + (random.next() - 0.5) * 2.4);
  const rating = Math.min(5, Math.max(1, stars)) as PlannedReview['rating'];
  return {
    rating,
    text: random.pick(REVIEW_TEXTS[language][rating]),
    reply: random.next() < REPLY_SHARE ? random.pick(REPLIES[language]) : null,
  };
}
