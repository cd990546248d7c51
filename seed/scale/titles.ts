import type { Language } from '@eduplatform/contracts/primitives';
import { LIMITS } from '../course-source.ts';
import { randomOf } from './random-of.ts';
import { sentence } from '../generate/slots.ts';
import { parseTopic, wordsOf, type Topic } from '../generate/words.ts';

/** What a title promises, and for whom: {t} topic, {c} and {d} two of its concepts. */
const TITLES: Record<Language, { subjects: string[]; endings: string[] }> = {
  en: {
    subjects: ['{c} and {d}', 'From {c} to {d}', '{t}: {c} and {d}', '{t}: from {c} to {d}', '{t} by way of {c} and {d}'],
    endings: [
      '', ', step by step', ' for busy people', ' from scratch', ' in two weeks', ' in ten evenings', ' with confidence',
      ' without tears', ' for the self-taught', ' for curious adults', ', a workshop', ', a practical introduction',
      ' by small exercises', ', the next level', ' for those who begin again', ' at your own pace',
    ],
  },
  ru: {
    subjects: ['{c} и {d}', '{t}: {c} и {d}', '{t} ({c}, {d})', '{c}, {d} и всё между ними', '{c}: от основ к теме «{d}»'],
    endings: [
      '', ' — шаг за шагом', ' для занятых людей', ' с нуля', ' за две недели', ' за десять вечеров', ' без спешки',
      ' — мастерская', ' для самоучек', ' — второй уровень', ' на простых примерах', ' — уверенно и спокойно',
      ' для тех, кто начинает заново', ' — практический курс',
    ],
  },
}; // prettier-ignore

export interface Titled {
  topic: Topic;
  title: string;
}

/**
 * The title of the `number`-th course of a category and language. A walk through all combinations of topic, two concepts
 * and words, in an order that only looks random: no title comes twice before each has come once.
 */
export function titleOf(seed: number, language: Language, categorySlug: string, number: number): Titled {
  const topics = topicsOf(language, categorySlug);
  const { subjects, endings } = TITLES[language];
  const concepts = topics[0]?.concepts.length ?? 0;
  const count = topics.length * concepts * (concepts - 1) * subjects.length * endings.length;
  const start = randomOf(seed, 'titles', language, categorySlug).integer(0, count - 1);
  let rest = (start + number * stepThrough(count)) % count;
  const digit = (base: number): number => {
    const value = rest % base;
    rest = Math.floor(rest / base);
    return value;
  };
  const topic = itemAt(topics, digit(topics.length));
  const first = digit(concepts);
  const second = (first + 1 + digit(concepts - 1)) % concepts;
  const slots = { t: topic.name, c: itemAt(topic.concepts, first), d: itemAt(topic.concepts, second) };
  const subject = sentence(itemAt(subjects, digit(subjects.length)), slots);
  const title = subject + itemAt(endings, digit(endings.length));
  return { topic, title: title.length <= LIMITS.courseTitle ? title : subject };
}

const known = new Map<string, Topic[]>();

function topicsOf(language: Language, categorySlug: string): Topic[] {
  const key = `${language} ${categorySlug}`;
  const topics = known.get(key) ?? wordsOf(language, categorySlug).topics.map(parseTopic);
  known.set(key, topics);
  return topics;
}

function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`there is no item ${index} of ${items.length}`);
  return item;
}

/** A number without a common divisor with `count`, near the golden section of it: its multiples spread evenly. */
function stepThrough(count: number): number {
  let step = Math.max(1, Math.round(count * 0.618));
  while (greatestCommonDivisor(step, count) !== 1) step += 1;
  return step;
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
