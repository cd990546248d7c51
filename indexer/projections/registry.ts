import { coursesInRedis, coursesInSearch } from './courses/projection.ts';
import { sourceInRedis, sourceInSearch, type DocumentSource } from './document-source.ts';
import { certificates } from './learning/certificates.ts';
import { favorites } from './learning/favorites.ts';
import { learning } from './learning/learning.ts';
import { notes } from './learning/notes.ts';
import { questions } from './learning/questions.ts';
import { mended } from './mended.ts';
import { me } from './people/me.ts';
import { notifications } from './people/notifications.ts';
import { payments } from './people/payments.ts';
import { teachers } from './people/teachers.ts';
import type { Projection } from './projection.ts';
import { reviews } from './reviews/reviews.ts';
import { stats } from './reviews/stats.ts';

/**
 * The number of what the projections make. Whoever adds a kind, or changes the documents of one, adds one: a read model
 * of another number is built anew.
 */
export const MODEL = 2;

/**
 * The oldest model whose documents this version serves, and writes into, while the next one is built beside them. Whoever
 * adds a kind, or makes documents that readers cannot do without, sets it to MODEL: readers are then asked to come again.
 */
export const OLDEST_READABLE_MODEL = 2;

const IN_REDIS = [
  coursesInRedis,
  stats,
  teachers,
  me,
  learning,
  certificates,
  payments,
  reviews,
  notifications,
  favorites,
  notes,
  questions,
] as const satisfies readonly Projection[];
const IN_SEARCH = [coursesInSearch] as const satisfies readonly Projection[];

/** What each sink keeps, in the order in which a build fills it. */
export const PROJECTIONS = {
  redis: [...IN_REDIS, mended('redis', IN_REDIS, sourceInRedis)],
  search: [...IN_SEARCH, mended('search', IN_SEARCH, sourceInSearch)],
} as const satisfies Record<string, readonly Projection[]>;

/** What tells of a sink's documents what they are made of. */
export const sourceFor = (sink: string): ((documentKey: string) => DocumentSource | null) =>
  sink === 'redis' ? sourceInRedis : sourceInSearch;
