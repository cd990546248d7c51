import type { Queryable } from '@eduplatform/db/transaction';
import type { Unversioned } from '../draft-change.ts';
import type { Page, Projection } from '../projection.ts';
import { NO_KEYS, type Keys } from './keys.ts';
import { keysOf } from './named.ts';
import { load } from './load.ts';
import type { Loaded } from './loaded.ts';
import { liveCourses, pagesOfKeys } from './pages.ts';
import { redisDocuments } from './redis-documents.ts';
import { searchDocuments } from './search-documents.ts';
import { touchedBy, TOUCHES, TOUCHES_WITHOUT_STUDENTS } from './touched.ts';

const COUNT_LIVE = 'select count(*)::int as total from courses where live_revision is not null';

/** Courses with their lessons, and the categories with their counts. Each sink makes documents of its own of them. */
function coursesProjection(documents: (loaded: Loaded) => Unversioned[], touches: typeof TOUCHES): Projection {
  const pageOf = (db: Queryable, keys: Keys, last = ''): Page => ({
    last,
    size: keys.courses.length,
    load: async () => documents(await load(db, keys)),
  });
  return {
    kind: 'courses',
    async count(db) {
      const { rows } = await db.query<{ total: number }>(COUNT_LIVE);
      return rows[0]?.total ?? 0;
    },
    async *all(db, after) {
      let last = after;
      for await (const courses of liveCourses(db, after)) {
        last = courses.at(-1) ?? last;
        yield pageOf(db, { ...NO_KEYS, courses }, last ?? '');
      }
      yield pageOf(db, { ...NO_KEYS, categories: true }, last ?? LAST);
    },
    load: async (db, keys) => documents(await load(db, await keysOf(db, keys))),
    async *touched(db, rows) {
      for await (const keys of pagesOfKeys(db, touchedBy(rows, touches))) yield pageOf(db, keys);
    },
  };
}

/** Behind every course: what is left is the list of categories. */
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export const coursesInRedis = coursesProjection(redisDocuments, TOUCHES);
/** Without how many students a course has: a course would be written anew with each enrollment. */
export const coursesInSearch = coursesProjection(searchDocuments, TOUCHES_WITHOUT_STUDENTS);
