import { setTimeout as delay } from 'node:timers/promises';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { transaction } from '@eduplatform/db/transaction';
import { nullSearch, PREFIX, type Part } from './context.ts';
import { figure } from './figure.ts';
import { startIndexer } from './process.ts';
import { hearWatermarks } from './watermarks.ts';

const ROUNDS = 3;
const TARGET_SECONDS = 5;

/** From kill -9 of the leader until what was committed after it can be read: another process stands by. */
export const takeover: Part = async ({ stack, databaseUrl, redisUrl, pool, nullEngine }) => {
  const watermarks = await hearWatermarks(redisUrl, PREFIX, 'redis');
  const settings = {
    ...{ databaseUrl, redisUrl, prefix: PREFIX },
    search: nullSearch(nullEngine),
  };
  let leader = await startIndexer(stack, settings);
  const taken: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const next = await startIndexer(stack, { ...settings, waits: false });
      // It has to have begun to ask for the lock, as one that has stood by for long.
      await delay(2000);
      const killedAt = performance.now();
      leader.child.kill('SIGKILL');
      const position = await transaction(pool, (tx) => appendToOutbox(tx, [EVENT], null));
      const arrival = await watermarks.passed(position, 60_000);
      taken.push((arrival.at - killedAt) / 1000);
      leader = next;
    }
    const note = `worst of ${taken.map((seconds) => seconds.toFixed(2)).join(', ')}`;
    return [figure('takeover after kill -9', Math.max(...taken), 's', { target: TARGET_SECONDS, note })];
  } finally {
    watermarks.close();
    await leader.stop();
  }
};

const EVENT = {
  type: 'course.draft_changed' as const,
  aggregateType: 'course' as const,
  aggregateId: 'bench',
  aggregateVersion: 1,
  payload: { courseId: 'bench', change: 'bench' },
};
