import { sleep } from 'k6';
import { read } from '../lib/api.ts';
import { anyCourse } from '../lib/world.ts';

/** Shorter ones find everything, and nobody waits for what they find. */
const FIRST_LETTERS = 3;
/** A page searches when the typing stops for a moment: not at every letter. */
const LETTERS_AT_ONCE = 3;

/** Types a query, filters what it found, and opens a course. @param pause seconds between letters and pages */
export function search(pause = 0): void {
  const { title, category, slug } = anyCourse();
  const query = title.split(' ').slice(0, 2).join(' ');
  for (let length = FIRST_LETTERS; length < query.length; length += LETTERS_AT_ONCE) {
    find(query.slice(0, length));
    sleep(pause / 4);
  }
  find(query);
  sleep(pause);
  find(query, `&category=${category}`);
  sleep(pause);
  read(`/v1/courses/${slug}`, { name: 'course' });
}

const find = (query: string, more = '') => read(`/v1/search?q=${encodeURIComponent(query)}${more}`, { name: 'search' });
