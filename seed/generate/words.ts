import type { Language } from '@eduplatform/contracts/primitives';
import { englishKnowledge } from './words-en-knowledge.ts';
import { englishSkills } from './words-en-skills.ts';
import { russianKnowledge } from './words-ru-knowledge.ts';
import { russianSkills } from './words-ru-skills.ts';

/** What the sentences of a category are made of. */
export interface CategoryWords {
  /** `name: concept, concept, …` */
  topics: string[];
  tools: string[];
  /** English: gerunds; Russian: infinitives. */
  mistakes: string[];
  /** Clauses that say what gets better. */
  payoffs: string[];
  /** Whole sentences. */
  exercises: string[];
}

export interface Topic {
  name: string;
  concepts: string[];
}

const vocabulary: Record<Language, Record<string, CategoryWords>> = {
  en: { ...englishKnowledge, ...englishSkills },
  ru: { ...russianKnowledge, ...russianSkills },
};

/** Throws RangeError for a category without words. */
export const wordsOf = (language: Language, categorySlug: string): CategoryWords => {
  const words = vocabulary[language][categorySlug];
  if (!words) throw new RangeError(`no ${language} words for the category ${categorySlug}`);
  return words;
};

export function parseTopic(line: string): Topic {
  const [name = '', concepts = ''] = line.split(': ');
  return { name, concepts: concepts.split(', ') };
}

export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
