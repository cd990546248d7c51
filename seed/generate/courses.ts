import type { Language, Level } from '@eduplatform/contracts/primitives';
import { categories } from '../categories.ts';
import type { CourseSource, LessonSource, ModuleSource } from '../course-source.ts';
import { slugify } from '../folder/names.ts';
import { generateLesson } from './lesson.ts';
import { choosePrice } from './price.ts';
import { createRandom, type Random } from './random.ts';
import { fill, sentence } from './slots.ts';
import { teachersOf } from './teachers.ts';
import { templates } from './templates.ts';
import { parseTopic, wordsOf, type Topic } from './words.ts';

export interface GenerateOptions {
  seed: number;
  count: number;
}

const RUSSIAN_SHARE = 0.25;
export const LEVELS: Level[] = ['beginner', 'beginner', 'beginner', 'intermediate', 'intermediate', 'advanced'];
const MIN_LESSONS = 3;
const LESSONS_WITH_TWO_MODULES = 5;

/**
 * Short courses composed of real vocabulary: the same seed gives the same courses, and a larger count the same ones
 * and more. Titles and slugs are unique. Throws RangeError when the vocabulary has no more titles to give.
 */
export function* generateCourses({ seed, count }: GenerateOptions): Generator<CourseSource> {
  const takenTitles = new Set<string>();
  const takenSlugs = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    const random = createRandom((seed * 1_000_003 + index) >>> 0);
    const language: Language = random.next() < RUSSIAN_SHARE ? 'ru' : 'en';
    const categorySlug = categories[index % categories.length]?.slug ?? '';
    const { title, topic } = chooseTitle(random, language, categorySlug, takenTitles);
    takenTitles.add(title);
    yield composeCourse({ random, language, categorySlug, title, topic, slug: uniqueSlug(title, takenSlugs) });
  }
}

function chooseTitle(random: Random, language: Language, categorySlug: string, taken: ReadonlySet<string>) {
  const topics = wordsOf(language, categorySlug).topics.map(parseTopic);
  const choices = topics.flatMap((topic) =>
    templates[language].titles.map((template) => ({ topic, title: sentence(template, { t: topic.name }) })),
  );
  const choice = random.shuffle(choices).find(({ title }) => !taken.has(title));
  if (!choice) throw new RangeError(`no more titles for ${categorySlug} in ${language}; generate fewer courses`);
  return choice;
}

function uniqueSlug(title: string, taken: Set<string>): string {
  const base = slugify(title) ?? 'course';
  let slug = base;
  for (let number = 2; taken.has(slug); number += 1) slug = `${base}-${number}`;
  taken.add(slug);
  return slug;
}

interface Composition {
  random: Random;
  language: Language;
  categorySlug: string;
  title: string;
  topic: Topic;
  slug: string;
}

function composeCourse({ random, language, categorySlug, title, topic, slug }: Composition): CourseSource {
  const words = wordsOf(language, categorySlug);
  const texts = templates[language];
  const concepts = random.shuffle(topic.concepts);
  const slots = () => ({
    t: topic.name,
    c: concepts[0] ?? topic.name,
    d: concepts[1] ?? topic.name,
    tool: random.pick(words.tools),
    mistake: random.pick(words.mistakes),
    payoff: random.pick(words.payoffs),
  });
  const price = choosePrice(random, language);
  return {
    slug,
    title,
    subtitle: sentence(random.pick(texts.subtitles), slots()),
    descriptionMd: `${texts.descriptions.map((line) => fill(line, slots())).join('\n\n')}\n`,
    language,
    level: random.pick(LEVELS),
    categorySlug,
    price,
    outcomes: texts.outcomes.map((line, index) => sentence(line, { ...slots(), c: concepts[index] ?? topic.name })),
    teacher: random.pick(teachersOf(language, categorySlug)),
    modules: composeModules(random, language, categorySlug, topic, price !== null),
  };
}

function composeModules(
  random: Random,
  language: Language,
  categorySlug: string,
  topic: Topic,
  isPaid: boolean,
): ModuleSource[] {
  const concepts = random.shuffle(topic.concepts);
  const lessonCount = random.integer(MIN_LESSONS, concepts.length);
  const lessons = concepts.slice(0, lessonCount).map((concept, index) => ({
    ...generateLesson({ random, language, categorySlug, topic, concept }),
    isFreePreview: isPaid && index === 0,
  }));
  return inModules(language, lessons);
}

/** How many lessons each module has: few make one module, more of them two. */
export function moduleSizes(lessons: number): number[] {
  if (lessons < LESSONS_WITH_TWO_MODULES) return [lessons];
  const half = Math.ceil(lessons / 2);
  return [half, lessons - half];
}

export function inModules(language: Language, lessons: LessonSource[]): ModuleSource[] {
  let taken = 0;
  return moduleSizes(lessons.length).map((size, index) => ({
    title: templates[language].moduleTitles[index] ?? '',
    lessons: lessons.slice(taken, (taken += size)),
  }));
}
