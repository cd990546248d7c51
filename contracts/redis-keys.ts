import type { SearchSinkName, SinkName } from './search-servers.ts';

/**
 * Keys of the Redis read model. Everything lies under `<prefix>:g<generation>:`, so that a rebuild can fill the next
 * generation beside the live one; `<prefix>:current` names the live generations.
 *
 * A document is a HASH `{ v: version, d: body, h: content hash, g: guard, lists: JSON of memberships }`;
 * a tombstone is the same with `v` and `t = 1` alone. `s = 1` beside either, or alone, says that a newer one was refused.
 */
export const currentKey = (prefix: string): string => `${prefix}:current`;

/** Channel on which the indexer announces each batch: JSON of WatermarkMessage. */
export const watermarkChannel = (prefix: string): string => `${prefix}:watermarks`;

export const redisNamespace = (prefix: string, generation: number): string => `${prefix}:g${generation}:`;

/** Document keys within a generation. */
export const documentKeys = {
  card: (courseId: string) => `card:${courseId}`,
  course: (courseId: string) => `course:${courseId}`,
  /** Body: JSON string of the course id. */
  slug: (slug: string) => `slug:${slug}`,
  curriculum: (courseId: string) => `curriculum:${courseId}`,
  lesson: (lessonId: string) => `lesson:${lessonId}`,
  lessonLocked: (lessonId: string) => `lesson-locked:${lessonId}`,
  categories: () => 'categories',
  outline: (courseId: string) => `outline:${courseId}`,
  stats: (courseId: string) => `stats:${courseId}`,
  rating: (courseId: string) => `rating:${courseId}`,
  me: (userId: string) => `me:${userId}`,
  teacher: (userId: string) => `teacher:${userId}`,
  learning: (userId: string, courseId: string) => `learning:${userId}:${courseId}`,
  certificate: (code: string) => `certificate:${code}`,
  payment: (userId: string, paymentId: string) => `payment:${userId}:${paymentId}`,
  review: (reviewId: string) => `review:${reviewId}`,
  ownReview: (userId: string, courseId: string) => `own-review:${userId}:${courseId}`,
  notification: (id: string) => `notification:${id}`,
  favorite: (userId: string, courseId: string) => `favorite:${userId}:${courseId}`,
  note: (userId: string, lessonId: string) => `note:${userId}:${lessonId}`,
  question: (id: string) => `question:${id}`,
} as const;

/**
 * Lists of what belongs to one person, course or lesson. A member begins with what it is sorted by and ends, behind
 * MEMBER_SEPARATOR, with the id by which its document is found; it is its own cursor.
 */
export const lists = {
  /** By the time of enrollment. */
  enrollments: (userId: string) => `list:enrollments:${userId}`,
  /** The same documents by their last activity. */
  learning: (userId: string) => `list:learning:${userId}`,
  payments: (userId: string) => `list:payments:${userId}`,
  notifications: (userId: string) => `list:notifications:${userId}`,
  unread: (userId: string) => `list:unread:${userId}`,
  favorites: (userId: string) => `list:favorites:${userId}`,
  /** Published courses of a teacher, archived ones too, by the time of their first publication. */
  taught: (userId: string) => `list:taught:${userId}`,
  /** Those of them that are in the catalog: what a teacher's public page shows. */
  offered: (userId: string) => `list:offered:${userId}`,
  reviewsByTime: (courseId: string) => `list:reviews:${courseId}:time`,
  reviewsByRating: (courseId: string) => `list:reviews:${courseId}:rating`,
  questions: (lessonId: string) => `list:questions:${lessonId}`,
} as const;

export const MEMBER_SEPARATOR = '\u0001';
/** A list member: numbers (times in milliseconds, ratings) that sort, each as 15 digits, then the id. */
export const listMember = (sortKeys: readonly number[], id: string): string =>
  [...sortKeys.map((key) => String(Math.max(0, Math.trunc(key))).padStart(15, '0')), id].join(MEMBER_SEPARATOR);
export const idOfMember = (member: string): string => member.slice(member.lastIndexOf(MEMBER_SEPARATOR) + 1);

/** The checkpoint of the Redis sink, a HASH, written with each batch. */
export const checkpointKey = 'checkpoint';

/** Fields of the HASH at `currentKey`. Absent: nothing has been built yet. */
export interface CurrentGenerations {
  /** Generation of the Redis read model that readers use. */
  redisGeneration: string;
  /** `true` once the initial build is complete; until then a missing key is 503, not 404. */
  redisReady: string;
  searchGeneration: string;
  searchEpoch: string;
  searchReady: string;
  /** Epoch of the leader that may write; the indexer's own, readers need it not. */
  leaderEpoch: string;
  /** JSON of SinkWatermark for each sink. */
  redisWatermark: string;
  searchWatermark: string;
  /** The same of further search servers; see `searchFields`. */
  [field: `search-${number}${'Generation' | 'Epoch' | 'Ready' | 'Watermark' | 'Dead'}`]: string;
  /** JSON array: keys of documents that search refused, so that what is found of them is old; ANY_DEAD for too many. */
  searchDead?: string;
}

/** Instead of keys of refused documents: there are too many to name. */
export const ANY_DEAD = '*';

/** Names of the fields that tell where a search server stands: `searchEpoch`, `search-2Epoch` … */
export const searchFields = <S extends SearchSinkName>(sink: S) =>
  ({
    generation: `${sink}Generation`,
    epoch: `${sink}Epoch`,
    ready: `${sink}Ready`,
    watermark: `${sink}Watermark`,
    dead: `${sink}Dead`,
  }) as const;

export interface SinkWatermark {
  /** Everything before this position is in the sink. */
  position: string;
  /** When that became true, RFC 3339. */
  at: string;
}

/** What the indexer publishes after each batch, and at least once a second when idle. */
export interface WatermarkMessage extends SinkWatermark {
  sink: SinkName;
  generation: number;
  /** Only for search: the epoch in the index names. */
  epoch?: number;
  /** Only for search: keys (`courses:<id>`, `lessons:<id>`, or ANY_DEAD) of documents that it refused; absent: none. */
  dead?: string[];
  /** Redis keys (without namespace) that the batch changed, for in-process caches; lists are named as `list:…`. */
  touched: string[];
}
