import { percentile, summarize } from '../histogram.ts';
import { startSearch } from '../stack.ts';
import type { Part } from './context.ts';
import { figure } from './figure.ts';
import { startIndexer } from './process.ts';
import { preparePublishes, type PublishAtRate } from './publishes.ts';
import { reindex } from './reindex.ts';
import { hearWatermarks } from './watermarks.ts';
import { latestOf, openWriters, type Written } from './writers.ts';

const PREFIX = 'benchfresh';
const PER_SECOND = 10;
const WARM_UP = 30;
/** A p99 of fewer would be that of two or three of them. */
const PUBLISHES = 200;
const TARGET_RATIO = 2;
const CLIENTS = 4;

/** How much longer a publish takes to each read model while that model is rebuilt. */
export const freshnessInRebuild: Part = async ({ stack, databaseUrl, redisUrl, pool, print }) => {
  const search = await startSearch(stack);
  const indexer = await startIndexer(stack, { databaseUrl, redisUrl, prefix: PREFIX, search });
  const writers = openWriters(databaseUrl, CLIENTS, print);
  try {
    const publishAtRate = await preparePublishes(pool, writers);
    const publish = (most: number) => publishAtRate(PER_SECOND, (count) => count < most);
    const figures = [];
    for (const sink of ['redis', 'search'] as const) {
      const watermarks = await hearWatermarks(redisUrl, PREFIX, sink);
      try {
        const delaysOf = async (written: readonly Written[]): Promise<number[]> => {
          await watermarks.passed(latestOf(written), 60_000);
          return written.map(({ position, at }) => (watermarks.first(position)?.at ?? Infinity) - at);
        };
        await publish(WARM_UP);
        const quiet = await delaysOf(await publish(PUBLISHES));
        const { written, rebuilds, seconds } = await publishInRebuilds(publishAtRate, () => reindex(pool, sink));
        const meanwhile = await delaysOf(written);
        print(`  ${sink}, quiet:   ${summarize(quiet)}`);
        print(`  ${sink}, rebuilt: ${summarize(meanwhile)}`);
        const note = `${written.length} publishes in ${rebuilds} rebuilds of ${seconds.toFixed(1)} s in all${sink === 'search' ? `, ${search.description}` : ''}`;
        for (const share of [0.5, 0.99]) {
          const ratio = percentile(meanwhile, share) / percentile(quiet, share);
          const name = `commit → ${sink} in a rebuild to without, p${share * 100}`;
          figures.push(figure(name, ratio, '×', { target: TARGET_RATIO, note }));
        }
      } finally {
        watermarks.close();
      }
    }
    return figures;
  } finally {
    await writers.close();
    await indexer.stop();
  }
};

/** Publishes while there is a rebuild, and rebuilds until there were enough publishes. */
async function publishInRebuilds(
  publishAtRate: PublishAtRate,
  rebuild: () => Promise<number>,
): Promise<{ written: Written[]; rebuilds: number; seconds: number }> {
  let [begun, rebuilds, seconds] = [0, 0, 0];
  let isOver = false;
  const rebuilding = async (): Promise<void> => {
    while (begun < PUBLISHES && !isOver) {
      seconds += await rebuild();
      rebuilds += 1;
    }
  };
  const publishing = publishAtRate(PER_SECOND, (count) => {
    begun = count;
    return !isOver;
  });
  const end = (): void => {
    isOver = true;
  };
  // Whichever ends first, failed or not, ends the other; and both are waited for, since what they use is closed then.
  const [published, rebuilt] = await Promise.allSettled([publishing.finally(end), rebuilding().finally(end)]);
  if (rebuilt.status === 'rejected') throw rebuilt.reason;
  if (published.status === 'rejected') throw published.reason;
  return { written: published.value, rebuilds, seconds };
}
