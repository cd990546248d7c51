import { expect, test } from 'vitest';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { Unversioned } from '../projections/draft-change.ts';
import type { Projection } from '../projections/projection.ts';
import { coursesInRedis, coursesInSearch } from '../projections/courses/projection.ts';
import { searchKey } from '../projections/courses/search-documents.ts';
import { createBench } from './support/bench.ts';
import {
  deleteCourse,
  insertTeacher,
  publishAgain,
  publishNew,
  published,
  testContent,
  testLesson,
} from './support/courses.ts';

test('lessons of a course that was deleted before its last publication was read are buried with that', async () => {
  const { pool } = await createBench();
  const teacher = await insertTeacher(pool);
  const [kept, dropped] = [testLesson('Kept'), testLesson('Dropped')];
  const course = await publishNew(pool, teacher, testContent([kept, dropped]));
  const { course: latest } = await publishAgain(pool, course, testContent([kept]));
  await deleteCourse(pool, latest);
  const touched = async (projection: Projection): Promise<Unversioned[]> => {
    const documents: Unversioned[] = [];
    for await (const page of projection.touched(pool, [published(course.id, 2, 1)]))
      documents.push(...(await page.load()));
    return documents;
  };
  const inRedis = await touched(coursesInRedis);
  const inSearch = await touched(coursesInSearch);
  expect(inRedis).toContainEqual({ key: documentKeys.lesson(kept.id), tombstone: true });
  expect(inRedis).toContainEqual({ key: documentKeys.lessonLocked(kept.id), tombstone: true });
  expect(inSearch).toContainEqual({ key: searchKey('lessons', kept.id), tombstone: true });
});
