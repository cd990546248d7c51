import { createRandom } from '@eduplatform/seed/generate/random';
import type { LoadRequest } from '../load/burst.ts';
import { inTurn } from '../load/in-turn.ts';
import type { BenchCourse } from './courses.ts';
import { zipf } from './zipf.ts';

/** Requests of a list; a burst begins again where one ends. */
const LENGTH = 5_000;
const SEED = 1;

/** Popular courses are asked for more often; the same courses in the same order for every contender. */
function drawn(courses: readonly BenchCourse[], requestsOf: (course: BenchCourse) => LoadRequest[]): LoadRequest[] {
  const draw = zipf(courses.length, createRandom(SEED).next);
  return Array.from({ length: LENGTH }, () => courses[draw()]).flatMap((course) => (course ? requestsOf(course) : []));
}

const pathOf = ({ id }: BenchCourse): string => `/v1/courses/${id}`;

export const courseRequests = (courses: readonly BenchCourse[]): LoadRequest[] =>
  drawn(courses, (course) => [{ path: pathOf(course) }]);

/** The same, each signed in as one of the tokens' owners. */
export const signedInRequests = (courses: readonly BenchCourse[], tokens: readonly string[]): LoadRequest[] =>
  courseRequests(courses).map(({ path }, index) => ({
    path,
    headers: { authorization: `Bearer ${tokens[index % tokens.length]}` },
  }));

const pagesOf = (course: BenchCourse): LoadRequest[] => [
  { path: pathOf(course) },
  { path: `${pathOf(course)}/curriculum` },
  { path: `/v1/lessons/${course.lessonIds[0]}` },
];

/** What a student opens one after another. */
export const pageRequests = (courses: readonly BenchCourse[]): LoadRequest[] => drawn(courses, pagesOf);

/** The catalog's first page of 20 in the orders that people choose. */
export const catalogRequests = (): LoadRequest[] =>
  ['', '&sort=popular', '&sort=rating', '&language=en', '&level=beginner', '&price=free'].map((more) => ({
    path: `/v1/courses?limit=20${more}`,
  }));

/** The same with a list of the catalog before each course: however short a burst is, it asks for both. */
export function browsingRequests(courses: readonly BenchCourse[]): LoadRequest[] {
  const nextList = inTurn(catalogRequests());
  return drawn(courses, (course) => [nextList(), ...pagesOf(course)]);
}

/** Commands that all change something: students keep a course among their favorites and take it out again. */
export function favoriteRequests(courses: readonly BenchCourse[], tokens: readonly string[]): LoadRequest[] {
  const nextToken = inTurn(tokens);
  return drawn(courses, ({ id }) => {
    const request = { path: `/v1/favorites/${id}`, headers: { authorization: `Bearer ${nextToken()}` } };
    return [
      { ...request, method: 'PUT' },
      { ...request, method: 'DELETE' },
    ];
  });
}

/** Course pages of the storefront. */
export const storefrontRequests = (courses: readonly BenchCourse[]): LoadRequest[] =>
  drawn(courses, ({ slug }) => [{ path: `/courses/${slug}` }]);

/** Words that a text is looked for by: two that stand beside each other in a title, as every way to search finds them. */
export function phraseOf(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)?/gu) ?? [];
  const pairs = words.filter((pair) => pair.includes(' ') && pair.length >= 9);
  return pairs[0] ?? title;
}

export const searchRequests = (courses: readonly BenchCourse[]): LoadRequest[] =>
  drawn(courses, ({ title }) => [{ path: `/v1/search?q=${encodeURIComponent(phraseOf(title))}` }]);
