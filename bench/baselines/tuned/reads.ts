import type { Reads } from '../http/reads.ts';
import type { Queryable } from '../sql/prepared.ts';
import { catalog } from './catalog.ts';
import { course, curriculum } from './courses.ts';
import { learning } from './learning.ts';
import { lesson } from './lessons.ts';
import type { SearchMode } from './search-modes.ts';
import { search } from './search.ts';

/** Everything from indexes, in one statement each. */
export const tunedReads = (db: Queryable, options: { mode: SearchMode; withFacets: boolean }): Reads => ({
  course: (idOrSlug) => course(db, idOrSlug),
  curriculum: (idOrSlug) => curriculum(db, idOrSlug),
  lesson: (id, reader) => lesson(db, id, reader),
  catalog: (query) => catalog(db, query),
  search: (query, reader) => search(db, query, { ...options, reader }),
  learning: (userId, query) => learning(db, userId, query),
});
