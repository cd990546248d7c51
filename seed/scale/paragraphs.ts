import type { Language } from '@eduplatform/contracts/primitives';
import { MISTAKE_SENTENCE } from '../generate/lesson.ts';
import type { Random } from '../generate/random.ts';
import { fill, type Slots } from '../generate/slots.ts';
import { templates } from '../generate/templates.ts';
import { wordsOf, type Topic } from '../generate/words.ts';
import { TIP, TIPS } from './phrases.ts';
import { randomOf } from './random-of.ts';

/** What a paragraph is about. */
export interface Subject {
  language: Language;
  categorySlug: string;
  topic: Topic;
  concept: string;
}

/** How many different paragraphs of each kind there are for one concept. All lessons are combinations of them. */
const VARIANTS = { opener: 6, idea: 10, tip: 4, mistake: 4, practice: 8 } as const;
export type Kind = keyof typeof VARIANTS;

/** Answers one of the paragraphs of a kind. */
export type Paragraphs = (kind: Kind, subject: Subject, random: Random) => string;

/**
 * The paragraphs of which lessons consist. There are some tens of thousands, each composed when it is first asked for and
 * then kept: so their rendered form can be kept, too. The same seed gives the same ones.
 */
export function createParagraphs(seed: number): Paragraphs {
  const composed = new Map<string, string>();
  return (kind, subject, random) => {
    const variant = random.integer(0, VARIANTS[kind] - 1);
    const key = `${kind} ${variant} ${subject.language} ${subject.topic.name} ${subject.concept}`;
    const known = composed.get(key);
    if (known !== undefined) return known;
    const text = COMPOSE[kind](subject, randomOf(seed, key));
    composed.set(key, text);
    return text;
  };
}

/** A clause about what gets better reads badly when it comes twice, so only openers have one. */
const isPlain = (line: string): boolean => !line.includes('{payoff}');
const say = (lines: readonly string[], slots: Slots): string => lines.map((line) => fill(line, slots)).join(' ');

const COMPOSE: Record<Kind, (subject: Subject, random: Random) => string> = {
  opener: (subject, random) => say([random.pick(templates[subject.language].openers)], slotsOf(subject, random)),
  idea(subject, random) {
    const middles = random.shuffle(templates[subject.language].middles.filter(isPlain));
    return say(middles.slice(0, random.integer(3, 5)), slotsOf(subject, random));
  },
  tip: (subject, random) =>
    `> **${TIP[subject.language]}** ${say([random.pick(TIPS[subject.language])], slotsOf(subject, random))}`,
  mistake: (subject, random) => say([random.pick(MISTAKE_SENTENCE[subject.language])], slotsOf(subject, random)),
  practice(subject, random) {
    const exercises = random.shuffle(wordsOf(subject.language, subject.categorySlug).exercises);
    const isList = random.next() < 0.4;
    if (isList) return exercises.slice(0, 3).map((exercise) => `- ${exercise}`).join('\n'); // prettier-ignore
    const closers = templates[subject.language].closers.filter(isPlain);
    return `${exercises[0] ?? ''} ${say([random.pick(closers)], slotsOf(subject, random))}`;
  },
};

/** Values for the slots of sentences about a concept. */
export function slotsOf({ language, categorySlug, topic, concept }: Subject, random: Random): Slots {
  const words = wordsOf(language, categorySlug);
  return {
    t: topic.name,
    c: concept,
    d: random.pick(topic.concepts.filter((other) => other !== concept)),
    tool: random.pick(words.tools),
    mistake: random.pick(words.mistakes),
    payoff: random.pick(words.payoffs),
  };
}
