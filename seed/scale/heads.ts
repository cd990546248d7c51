import type { Language, Money } from '@eduplatform/contracts/primitives';
import { slugFromTitle } from '@eduplatform/write-api/courses/slug';
import { categories } from '../categories.ts';
import { choosePrice } from '../generate/price.ts';
import type { Topic } from '../generate/words.ts';
import { DATA_NOW, DAY_MS, SPREAD_DAYS } from './ages.ts';
import { randomOf } from './random-of.ts';
import type { Sizes } from './sizes.ts';
import type { Staff } from './staff.ts';
import { titleOf } from './titles.ts';

/** What a course is before its texts are composed: enough to decide who takes it. */
export interface CourseHead {
  index: number;
  language: Language;
  categorySlug: string;
  topic: Topic;
  title: string;
  slug: string;
  price: Money | null;
  lessonCount: number;
  publishedAt: Date;
  /** Place of its teacher in the staff. */
  owner: number;
}

const RUSSIAN_SHARE = 0.25;
const MEAN_LESSONS = 4;
/** How far a course is from the mean; the next one is as far on the other side, so that the sum is exact. */
const DEVIATIONS = [0, 0, 1, 1, 1, 2, 2, 3];
/** Courses are added faster and faster, the last some hours before the end. */
const GROWTH = 2;
const YOUNGEST_DAYS = 0.2;
/** A few teachers have most of the courses of their category. */
const OWNER_SKEW = 1.7;

/** The head of the `index`-th course in the order of their publication. */
export function courseHead(seed: number, { courses }: Sizes, staff: Staff, index: number): CourseHead {
  const random = randomOf(seed, 'course', index);
  const language: Language = random.next() < RUSSIAN_SHARE ? 'ru' : 'en';
  const category = index % categories.length;
  const categorySlug = categories[category]?.slug ?? '';
  const { title, topic } = titleOf(seed, language, categorySlug, Math.floor(index / categories.length));
  const ageDays = YOUNGEST_DAYS + SPREAD_DAYS * (1 - (index + random.next()) / courses) ** GROWTH;
  const colleagues = staff.teaching(language, category);
  return {
    index,
    language,
    categorySlug,
    topic,
    title,
    slug: `${slugFromTitle(title)}-${(index + 1).toString(36)}`,
    price: choosePrice(random, language),
    lessonCount: lessonCount(seed, courses, index),
    publishedAt: new Date(DATA_NOW - Math.round(ageDays * DAY_MS)),
    owner: colleagues[Math.floor(colleagues.length * random.next() ** OWNER_SKEW)] ?? 0,
  };
}

function lessonCount(seed: number, courses: number, index: number): number {
  const isWithoutPair = index === courses - 1 && courses % 2 === 1;
  if (isWithoutPair) return MEAN_LESSONS;
  const deviation = randomOf(seed, 'lessons', Math.floor(index / 2)).pick(DEVIATIONS);
  return index % 2 === 0 ? MEAN_LESSONS - deviation : MEAN_LESSONS + deviation;
}
