/**
 * Keys of the Redis read model. Everything lies under `<prefix>:g<generation>:`, so that a rebuild can fill the next
 * generation beside the live one; `<prefix>:current` names the live generations.
 *
 * A document is a HASH `{ v: version, d: body, h: content hash, g: guard, lists: JSON of memberships }`;
 * a tombstone is the same with `v` and `t = 1` alone.
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
} as const;

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
}

export interface SinkWatermark {
  /** Everything before this position is in the sink. */
  position: string;
  /** When that became true, RFC 3339. */
  at: string;
}

/** What the indexer publishes after each batch, and at least once a second when idle. */
export interface WatermarkMessage extends SinkWatermark {
  sink: 'redis' | 'search';
  generation: number;
  /** Only for search: the epoch in the index names. */
  epoch?: number;
  /** Redis keys (without namespace) that the batch changed, for in-process caches; lists are named as `list:…`. */
  touched: string[];
}
