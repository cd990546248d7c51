import type { Queryable } from '@eduplatform/db/transaction';
import type { Keys } from './keys.ts';
import { loadCategories } from './load-categories.ts';
import { loadCourses, loadHeads } from './load-courses.ts';
import { loadDeletions } from './load-deletions.ts';
import { loadRevisions, type EarlierRevision } from './load-revisions.ts';
import { loadSlugs } from './load-slugs.ts';
import type { LiveCourse, Loaded } from './loaded.ts';

/**
 * Loads what the keys stand for as it stands now, a few set-based queries whatever their number. The live stream and
 * the build share it. Call it after the batch was read: what is loaded is then at least as new as the batch.
 */
export async function load(db: Queryable, keys: Keys): Promise<Loaded> {
  const [courses, heads, earlier, slugs] = await Promise.all([
    loadCourses(db, keys.courses),
    loadHeads(db, keys.heads),
    loadRevisions(db, keys.revisions),
    loadSlugs(db, keys.slugs, keys.courses),
  ]);
  const deleted = await loadDeletions(db, withoutRevision(keys, earlier));
  const live = new Map(courses.map((course) => [course.id, course]));
  const wantsCategories = keys.categories || earlier.some((revision) => hasMoved(revision, live));
  return {
    courses,
    heads,
    goneCourses: keys.courses.filter((id) => !live.has(id)),
    goneLessons: goneLessons([...keys.lessons, ...deleted], earlier, courses),
    slugs,
    categories: wantsCategories ? await loadCategories(db) : null,
  };
}

const hasMoved = ({ courseId, category }: EarlierRevision, live: Map<string, LiveCourse>): boolean =>
  live.get(courseId)?.content.category !== category;

/**
 * Courses that were deleted after the batch was committed, and took their revisions along: only the event of that, which
 * is still to come, knows the lessons that the sinks hold. Until then these would be shown as they were before the batch.
 */
function withoutRevision({ revisions }: Keys, earlier: EarlierRevision[]): string[] {
  const found = new Set(earlier.map(({ courseId, revision }) => `${courseId}/${revision}`));
  const missing = revisions.filter(({ courseId, revision }) => !found.has(`${courseId}/${revision}`));
  return [...new Set(missing.map(({ courseId }) => courseId))];
}

function goneLessons(named: readonly string[], earlier: EarlierRevision[], courses: LiveCourse[]): string[] {
  const gone = new Set([...named, ...earlier.flatMap(({ lessonIds }) => lessonIds)]);
  for (const course of courses) {
    for (const module of course.content.modules) {
      for (const lesson of module.lessons) gone.delete(lesson.id);
    }
  }
  return [...gone];
}
