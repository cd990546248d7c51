import type { Language } from '@eduplatform/contracts/primitives';
import { englishWords } from './words-en.ts';
import { russianWords } from './words-ru.ts';

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

export const wordsOf = (language: Language, categorySlug: string): CategoryWords => {
  const words = (language === 'ru' ? russianWords : englishWords)[categorySlug];
  if (!words) throw new RangeError(`no ${language} words for the category ${categorySlug}`);
  return words;
};

export function parseTopic(line: string): Topic {
  const [name = '', concepts = ''] = line.split(': ');
  return { name, concepts: concepts.split(', ') };
}

export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
