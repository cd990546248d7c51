import type { Language } from '@eduplatform/contracts/primitives';
import { categories } from '../categories.ts';
import type { Sizes } from './sizes.ts';

/** Who teaches what. Teachers are numbered; the first of them can sign in. */
export interface Staff {
  size: number;
  languageOf(teacher: number): Language;
  categoryOf(teacher: number): number;
  /** The teachers of a category in a language; never empty. */
  teaching(language: Language, category: number): readonly number[];
}

const SHARE = 0.1;
/** Every fourth teaches in Russian, as of the courses. */
const RUSSIAN_EVERY = 4;

export function staffOf({ users }: Sizes): Staff {
  // At least somebody for each category and language.
  const size = Math.max(categories.length * RUSSIAN_EVERY, Math.round(users * SHARE));
  const languageOf = (teacher: number): Language => (teacher % RUSSIAN_EVERY === RUSSIAN_EVERY - 1 ? 'ru' : 'en');
  const categoryOf = (teacher: number): number => Math.floor(teacher / RUSSIAN_EVERY) % categories.length;
  const groups = Map.groupBy(Array(size).keys(), (teacher) => `${languageOf(teacher)} ${categoryOf(teacher)}`);
  return {
    size,
    languageOf,
    categoryOf,
    teaching: (language, category) => groups.get(`${language} ${category}`) ?? [],
  };
}
