import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CourseSource } from './course-source.ts';
import { generateCourses } from './generate/courses.ts';
import { publishedDaysAgo } from './generate/published-at.ts';
import { readCourseFolder } from './read-folder.ts';

const CONTENT = fileURLToPath(new URL('./content', import.meta.url));
const GENERATED = 300;

/** A course of the demo and how many days before the load it was first published. */
export interface DemoCourse {
  source: CourseSource;
  daysAgo: number;
}

/** The written courses are this week's: they come first where the newest do. */
const WRITTEN_EVERY_DAYS = 0.6;

/** Every course of the demo: the written ones first, then those generated from the seed. */
export async function demoCourses(seed: number): Promise<DemoCourse[]> {
  const folders = await readdir(CONTENT, { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const written = await Promise.all(names.sort().map((name) => readCourseFolder(join(CONTENT, name))));
  return [
    ...written.map((source, index) => ({ source, daysAgo: (index + 1) * WRITTEN_EVERY_DAYS })),
    ...Array.from(generateCourses({ seed, count: GENERATED }), (source) => ({
      source,
      daysAgo: publishedDaysAgo(source.slug) + 7,
    })),
  ];
}
