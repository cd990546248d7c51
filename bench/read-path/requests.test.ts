import { expect, test } from 'vitest';
import { browsingRequests, catalogRequests, favoriteRequests } from './requests.ts';

const courses = Array.from({ length: 50 }, (_, index) => ({
  ...{ id: `course-${index}`, slug: `slug-${index}`, title: `Title ${index}`, lessonIds: [`lesson-${index}`] },
}));
const tokens = Array.from({ length: 16 }, (_, index) => `token-${index}`);

test('every student takes a course among the favorites and then the same one out again', () => {
  const requests = favoriteRequests(courses, tokens);
  for (let index = 0; index < requests.length; index += 2) {
    const [put, remove] = requests.slice(index, index + 2);
    expect([put?.method, remove?.method]).toEqual(['PUT', 'DELETE']);
    expect(remove).toEqual({ ...put, method: 'DELETE' });
  }
  const senders = new Set(requests.slice(0, 2 * tokens.length).map(({ headers }) => headers?.authorization));
  expect(senders.size).toBe(tokens.length);
});

test('who browses asks for a list as often as for a course, from the first second on', () => {
  const paths = browsingRequests(courses)
    .slice(0, 400)
    .map(({ path }) => path);
  const lists = catalogRequests().map(({ path }) => path);
  expect(paths.filter((path) => lists.includes(path))).toHaveLength(100);
  expect(new Set(paths.filter((path) => lists.includes(path)))).toEqual(new Set(lists));
  expect(paths.filter((path) => path.endsWith('/curriculum'))).toHaveLength(100);
});
