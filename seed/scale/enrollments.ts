import type { Random } from '../generate/random.ts';
import { DATA_NOW } from './ages.ts';
import type { CourseHead } from './heads.ts';
import type { Person } from './people.ts';
import { divideByRank } from './popularity.ts';
import { randomOf } from './random-of.ts';
import type { Sizes } from './sizes.ts';

/** Who takes which course since when, and how it was paid. */
export interface Enrollment {
  course: CourseHead;
  student: Person;
  enrolledAt: Date;
  /** Null for a free course. */
  payment: PlannedPayment | null;
}

export interface PlannedPayment {
  receiptNumber: number;
  /** A first try with another card was declined. */
  wasDeclined: boolean;
  isRefunded: boolean;
}

/** Of all payments. */
const DECLINED_SHARE = 0.04;
const REFUNDED_SHARE = 0.02;
/** No course has more of those who could take it. */
const MOST_OF_ALL = 0.6;
/** Some take many courses, most take few. */
const STUDENT_SKEW = 1.3;
/** Speakers of Russian also take courses in English. */
const ENGLISH_TO_RUSSIAN = 0.1;

/** Exactly as many enrollments and payments as the sizes say, in the order of time. */
export function planEnrollments(
  seed: number,
  sizes: Sizes,
  heads: readonly CourseHead[],
  people: readonly Person[],
): Enrollment[] {
  const random = randomOf(seed, 'enrollments');
  const crowd = new Crowd(people);
  const declined = Math.round(sizes.payments * DECLINED_SHARE);
  const paid = sizes.payments - declined;
  const ranked = random.shuffle(heads);
  const plan = [
    ...spread(ranked.filter(({ price }) => price !== null), paid, crowd, random),
    ...spread(ranked.filter(({ price }) => price === null), sizes.enrollments - paid, crowd, random),
  ]; // prettier-ignore
  plan.sort((a, b) => a.enrolledAt.getTime() - b.enrolledAt.getTime());
  let number = 0;
  const isNext = (count: number): boolean =>
    Math.floor((number * count) / paid) > Math.floor(((number - 1) * count) / paid);
  const refunded = Math.round(sizes.payments * REFUNDED_SHARE);
  for (const enrollment of plan) {
    if (enrollment.course.price === null) continue;
    number += 1;
    enrollment.payment = { receiptNumber: number, wasDeclined: isNext(declined), isRefunded: isNext(refunded) };
  }
  return plan;
}

function spread(ranked: CourseHead[], total: number, crowd: Crowd, random: Random): Enrollment[] {
  const counts = divideByRank(total, ranked.length, (rank) =>
    Math.floor(MOST_OF_ALL * crowd.sizeFor(ranked[rank]?.language ?? 'en')),
  );
  return ranked.flatMap((course, rank) =>
    [...crowd.pick(course.language, counts[rank] ?? 0, random)].map((student) => {
      const since = Math.max(course.publishedAt.getTime(), student.createdAt.getTime());
      const enrolledAt = new Date(since + Math.floor((DATA_NOW - since) * random.next() * 0.9));
      return { course, student, enrolledAt, payment: null };
    }),
  );
}

/** The students, the most eager first. */
class Crowd {
  readonly #students: Record<Person['language'], Person[]>;

  constructor(people: readonly Person[]) {
    const of = (language: Person['language']): Person[] =>
      people.filter((person) => person.role === 'student' && person.language === language);
    this.#students = { en: of('en'), ru: of('ru') };
  }

  /** How many speak the language. */
  sizeFor(language: Person['language']): number {
    return this.#students[language].length;
  }

  /** So many different students who can follow a course in this language. */
  pick(language: Person['language'], count: number, random: Random): Set<Person> {
    const picked = new Set<Person>();
    while (picked.size < count) {
      const isVisitor = language === 'en' && random.next() < ENGLISH_TO_RUSSIAN;
      const students = this.#students[isVisitor ? 'ru' : language];
      const student = students[Math.floor(students.length * random.next() ** STUDENT_SKEW)];
      if (student) picked.add(student);
    }
    return picked;
  }
}
