import { expect, test } from 'vitest';
import { searchKey } from '../projections/courses/search-documents.ts';
import { coursesInSearch } from '../projections/courses/projection.ts';
import { assertNotBehind } from '../rebuild/assert-not-behind.ts';
import type { HeldEntry, HeldView } from '../sinks/held-view.ts';
import { newestRow } from '../source/newest-row.ts';
import { createBench } from './support/bench.ts';
import { insertTeacher, publishAgain, publishNew, testContent, testLesson } from './support/courses.ts';

/** A generation that holds one document. */
const holding = (entry: HeldEntry) => ({
  held: {
    find: async () => new Map([[entry.key, entry]]),
    entries: async function* () {},
    hashOf: (change) => JSON.stringify(change),
  } satisfies HeldView,
});

test('a document that differs because it was changed after both stood still is not behind', async () => {
  const { pool } = await createBench();
  const teacher = await insertTeacher(pool);
  const course = await publishNew(pool, teacher, testContent([testLesson('One')]));
  const key = searchKey('courses', course.id);
  const both = {
    ...{ db: pool, horizon: '1', live: holding({ key, version: '3', hash: 'as it was' }) },
    next: {
      ...holding({ key, version: '2', hash: 'as it came to be later' }),
      projections: [coursesInSearch],
      name: 'search' as const,
    },
  };
  const stands = async () => {
    const row = await newestRow(pool, 1);
    if (!row) throw new Error('there is no row');
    return { history: 1, cursor: row };
  };
  await expect(assertNotBehind([key], { ...both, ...(await stands()) })).rejects.toThrow('1 documents');
  const before = await stands();
  await publishAgain(pool, course, { ...course.content, title: 'Changed since' });
  await assertNotBehind([key], { ...both, ...before });
  await expect(assertNotBehind([key], { ...both, ...(await stands()) })).rejects.toThrow('1 documents');
});
