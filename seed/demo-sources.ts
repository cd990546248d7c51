import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CourseSource } from './course-source.ts';
import { generateCourses } from './generate/courses.ts';
import { readCourseFolder } from './read-folder.ts';

const CONTENT = fileURLToPath(new URL('./content', import.meta.url));
const GENERATED = { seed: 1, count: 300 };

/** Every course of the demo: the written ones first, then the generated ones. */
export async function demoSources(): Promise<CourseSource[]> {
  const folders = await readdir(CONTENT, { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const written = await Promise.all(names.sort().map((name) => readCourseFolder(join(CONTENT, name))));
  return [...written, ...generateCourses(GENERATED)];
}
