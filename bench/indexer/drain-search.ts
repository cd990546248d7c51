import { eventually } from '@eduplatform/local/platform/wait';
import { publishAll } from './backlog.ts';
import { nullSearch, PREFIX, setPaused, type Part } from './context.ts';
import { figure } from './figure.ts';
import { startIndexer } from './process.ts';
import { hearWatermarks } from './watermarks.ts';

const TARGET_PER_SECOND = 10_000;
/** Every course is published so often; the events of one batch collapse. */
const ROUNDS = 32;
const TIMEOUT_MS = 600_000;

/** How fast documents are loaded, made and sent to a search engine that does nothing with them. */
export const drainSearch: Part = async ({ stack, databaseUrl, redisUrl, pool, nullEngine }) => {
  const watermarks = await hearWatermarks(redisUrl, PREFIX, 'search');
  const search = nullSearch(nullEngine);
  const settings = { databaseUrl, redisUrl, prefix: PREFIX, search };
  // What is left over from other parts is not to be measured.
  const first = await startIndexer(stack, settings);
  const before = await publishAll(pool, 1);
  await watermarks.passed(before, TIMEOUT_MS);
  await first.stop();
  await setPaused(pool, 'redis', true);
  const last = await publishAll(pool, ROUNDS);
  nullEngine.forget();
  const indexer = await startIndexer(stack, { ...settings, waits: false });
  try {
    await watermarks.passed(last, TIMEOUT_MS);
    await eventually(() => nullEngine.taken().documents > 0, { timeoutMs: 1000 });
    const { documents, firstAt, lastAt } = nullEngine.taken();
    const seconds = (lastAt - firstAt) / 1000;
    const note = `${documents.toLocaleString('en')} documents in ${seconds.toFixed(1)} s`;
    return [
      figure('backlog drained to a null search engine', documents / seconds, 'documents/s', {
        ...{ target: TARGET_PER_SECOND, isFloor: true, note },
      }),
    ];
  } finally {
    watermarks.close();
    await indexer.stop();
    await setPaused(pool, 'redis', false);
  }
};
