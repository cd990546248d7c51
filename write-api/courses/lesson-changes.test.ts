import { expect, it } from 'vitest';
import type { CourseRevision, RevisionLesson } from '@eduplatform/contracts/revision';
import { countLessonChanges } from './lesson-changes.ts';

const revision = (...modules: string[]): Pick<CourseRevision, 'modules'> => ({
  modules: modules.map((ids, n) => ({
    id: `module ${n}`,
    title: '',
    lessons: [...ids].map((id) => ({ id }) as RevisionLesson),
  })),
});

it.each([
  ['nothing', revision('ab', 'c'), revision('ab', 'c'), 0, 0],
  ['only the order', revision('ab', 'c'), revision('c', 'ba'), 0, 0],
  ['both ways', revision('ab', 'c'), revision('b', 'de'), 2, 2],
  ['everything of the first revision', null, revision('ab'), 2, 0],
])('counts lessons that came and went: %s', (_what, before, after, added, removed) => {
  expect(countLessonChanges(before, after)).toEqual({ added, removed });
});
