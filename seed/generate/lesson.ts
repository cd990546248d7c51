import type { Language } from '@eduplatform/contracts/primitives';
import type { LessonSource } from '../course-source.ts';
import type { Random } from './random.ts';
import { fill, sentence } from './slots.ts';
import { templates } from './templates.ts';
import { wordsOf, type Topic } from './words.ts';

export interface LessonPlan {
  random: Random;
  language: Language;
  categorySlug: string;
  topic: Topic;
  concept: string;
}

export const MISTAKE_SENTENCE: Record<Language, string[]> = {
  en: [
    'The usual trap is {mistake}; notice it, smile, and return to {c}.',
    'Beware of {mistake}: it costs more time than it saves.',
  ],
  ru: [
    'Обычная ловушка — {mistake}. Заметили — просто вернитесь на шаг назад.',
    'Не надо {mistake}: времени уйдёт больше, чем сбережётся.',
  ],
};

const WORDS = { min: 60, max: 140 };

export const countWords = (text: string): number =>
  text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Starts with the wished number of sentences and adds or drops some until the text has the right length. */
function composeWithin(
  words: { min: number; max: number },
  wished: number,
  compose: (count: number) => string,
): string {
  let count = wished;
  while (countWords(compose(count)) < words.min) count += 1;
  while (countWords(compose(count)) > words.max) count -= 1;
  return compose(count);
}

/** One lesson of 60 to 140 words under one to three headings. */
export function generateLesson({ random, language, categorySlug, topic, concept }: LessonPlan): LessonSource {
  const texts = templates[language];
  const words = wordsOf(language, categorySlug);
  const others = random.shuffle(topic.concepts.filter((other) => other !== concept));
  const slots = {
    t: topic.name,
    c: concept,
    d: others[0] ?? concept,
    tool: random.pick(words.tools),
    mistake: random.pick(words.mistakes),
    payoff: random.pick(words.payoffs),
  };
  // A clause that says the same twice in one lesson reads badly: each template and each payoff is used once.
  const usesPayoff = (line: string): boolean => line.includes('{payoff}');
  const opener = random.pick(texts.openers);
  const unused = random.shuffle(texts.middles).filter((line) => !(usesPayoff(opener) && usesPayoff(line)));
  const mistakes = random.next() < 0.6 ? [random.pick(MISTAKE_SENTENCE[language])] : [];
  const headings = {
    idea: random.pick(texts.headings.idea),
    mistake: random.pick(texts.headings.mistake),
    practice: random.pick(texts.headings.practice),
  };
  const exercise = random.pick(words.exercises);
  const closers = random.shuffle(texts.closers);
  const say = (lines: string[]): string => lines.map((line) => fill(line, slots)).join(' ');
  const compose = (middleCount: number): string => {
    const middles = unused.slice(0, middleCount);
    const saysPayoff = [opener, ...middles].some(usesPayoff);
    const closer = closers.find((line) => !(saysPayoff && usesPayoff(line))) ?? '';
    const parts = [
      say([opener]),
      `## ${headings.idea}`,
      say(middles),
      ...(mistakes.length > 0 ? [`## ${headings.mistake}`, say(mistakes)] : []),
      `## ${headings.practice}`,
      `${exercise} ${say([closer])}`,
    ];
    return `${parts.join('\n\n')}\n`;
  };
  return {
    title: sentence(random.pick(texts.lessonTitles), slots),
    bodyMd: composeWithin(WORDS, random.integer(3, 5), compose),
    isFreePreview: false,
    durationMinutes: random.integer(4, 18),
  };
}
