import { percentile, summarize } from '../histogram.ts';
import { startSearch } from '../stack.ts';
import type { Part } from './context.ts';
import { figure } from './figure.ts';
import { startIndexer } from './process.ts';
import { preparePublishes } from './publishes.ts';
import { reindex } from './reindex.ts';
import { hearWatermarks } from './watermarks.ts';
import { openWriters, type Written } from './writers.ts';

const PREFIX = 'benchfresh';
const PER_SECOND = 10;
const WARM_UP_SECONDS = 3;
const QUIET_SECONDS = 15;
const TARGET_RATIO = 2;
const CLIENTS = 4;

/** How much longer a publish takes to each read model while that model is rebuilt. */
export const freshnessInRebuild: Part = async ({ stack, databaseUrl, redisUrl, pool, print }) => {
  const search = await startSearch(stack);
  const indexer = await startIndexer(stack, { databaseUrl, redisUrl, prefix: PREFIX, search });
  const writers = openWriters(databaseUrl, CLIENTS, print);
  try {
    const publishAtRate = await preparePublishes(pool, writers);
    const forSeconds = (seconds: number) => publishAtRate(PER_SECOND, (count) => count < PER_SECOND * seconds);
    const figures = [];
    for (const sink of ['redis', 'search'] as const) {
      const watermarks = await hearWatermarks(redisUrl, PREFIX, sink);
      try {
        const delaysOf = async (written: readonly Written[]): Promise<number[]> => {
          await watermarks.passed(written.at(-1)?.position ?? '', 60_000);
          return written.map(({ position, at }) => (watermarks.first(position)?.at ?? Infinity) - at);
        };
        await forSeconds(WARM_UP_SECONDS);
        const quiet = await delaysOf(await forSeconds(QUIET_SECONDS));
        let isOver = false;
        const job = reindex(pool, sink).finally(() => (isOver = true));
        const written = await publishAtRate(PER_SECOND, () => !isOver);
        const seconds = await job;
        const meanwhile = await delaysOf(written);
        print(`  ${sink}, quiet:   ${summarize(quiet)}`);
        print(`  ${sink}, rebuilt: ${summarize(meanwhile)}`);
        const note = `${written.length} publishes in ${seconds.toFixed(1)} s of a rebuild${sink === 'search' ? `, ${search.description}` : ''}`;
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
