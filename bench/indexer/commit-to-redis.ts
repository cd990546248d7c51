import { Redis } from 'ioredis';
import type { StoredLearning } from '@eduplatform/contracts/learning';
import { currentKey, documentKeys, redisNamespace } from '@eduplatform/contracts/redis-keys';
import { percentile, summarize } from '../histogram.ts';
import { nullSearch, PREFIX, type Part } from './context.ts';
import { figure } from './figure.ts';
import { startIndexer } from './process.ts';
import { hearWatermarks } from './watermarks.ts';
import { atRate, latestOf, openWriters, type Written } from './writers.ts';

const PER_SECOND = 500;
const SECONDS = 20;
const WARM_UP_SECONDS = 4;
const TARGETS = { p50: 10, p99: 100 };
const CLIENTS = 16;

const TARGETS_OF_PROGRESS = `
  select user_id as "userId", course_id as "courseId", lesson_id as "lessonId", position_seconds as seconds
  from lesson_progress order by lesson_id, user_id limit 20000`;

interface Target {
  userId: string;
  courseId: string;
  lessonId: string;
  seconds: number;
}

/** How long after a commit its document is in Redis, at 500 events a second whether earlier ones are done or not. */
export const commitToRedis: Part = async ({ stack, databaseUrl, redisUrl, pool, nullEngine, print }) => {
  const watermarks = await hearWatermarks(redisUrl, PREFIX, 'redis');
  const search = nullSearch(nullEngine);
  const indexer = await startIndexer(stack, { databaseUrl, redisUrl, prefix: PREFIX, search });
  const writers = openWriters(databaseUrl, CLIENTS, print);
  const reader = new Redis(redisUrl);
  try {
    const { rows: targets } = await pool.query<Target>(TARGETS_OF_PROGRESS);
    const advance = (target: Target): Promise<Written> => {
      const seconds = (target.seconds += 1);
      return writers.write(async (tx) => {
        await tx.query(
          `update lesson_progress set position_seconds = $4 where user_id = $1 and lesson_id = $2 and course_id = $3`,
          [target.userId, target.lessonId, target.courseId, seconds],
        );
        return eventOf(target);
      });
    };
    const run = (seconds: number): Promise<Written[]> =>
      atRate(
        PER_SECOND,
        (count) => count < PER_SECOND * seconds,
        (count) => advance(targets[(count * 37) % targets.length] as Target),
      );
    await run(WARM_UP_SECONDS);
    const started = performance.now();
    const written = await run(SECONDS);
    const seconds = (performance.now() - started) / 1000;
    if (seconds > SECONDS * 1.1) throw new Error(`the load took ${seconds.toFixed(1)} s instead of ${SECONDS}`);
    await watermarks.passed(latestOf(written), 20_000);
    await assertArrived(reader, targets);
    const delays = written.map(({ position, at }) => (watermarks.first(position)?.at ?? Infinity) - at);
    print(`  ${summarize(delays)}`);
    const note = `${written.length.toLocaleString('en')} events at ${PER_SECOND}/s`;
    return [
      figure('commit → Redis p50', percentile(delays, 0.5), 'ms', { target: TARGETS.p50, note }),
      figure('commit → Redis p99', percentile(delays, 0.99), 'ms', { target: TARGETS.p99 }),
    ];
  } finally {
    watermarks.close();
    reader.disconnect();
    await writers.close();
    await indexer.stop();
  }
};

/** A watermark without its documents would be worth nothing. */
async function assertArrived(redis: Redis, targets: Target[]): Promise<void> {
  const generation = Number(await redis.hget(currentKey(PREFIX), 'redisGeneration'));
  for (const { userId, courseId, lessonId, seconds } of targets.filter((_, index) => index % 97 === 0)) {
    const body = await redis.hget(redisNamespace(PREFIX, generation) + documentKeys.learning(userId, courseId), 'd');
    // A lesson that was not begun has no position.
    const held = body === null ? undefined : ((JSON.parse(body) as StoredLearning).positions[lessonId] ?? 0);
    if (held !== seconds) throw new Error(`Redis holds ${held} of ${lessonId} for ${userId} instead of ${seconds}`);
  }
}

const eventOf = ({ userId, courseId }: Target) => ({
  type: 'progress.changed' as const,
  aggregateType: 'enrollment' as const,
  aggregateId: `${userId}:${courseId}`,
  aggregateVersion: 1,
  payload: { userId, courseId },
});
