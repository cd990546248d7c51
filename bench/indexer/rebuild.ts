import { Meilisearch } from 'meilisearch';
import { startSearch, type SearchServer } from '../stack.ts';
import type { Part } from './context.ts';
import { figure } from './figure.ts';
import { startIndexer } from './process.ts';
import { JOB_TIMEOUT_MS, reindex } from './reindex.ts';

const PREFIX = 'benchrebuild';
const TARGET_RATIO = 1.2;
/** Rebuilds and straight loads in turn; the median ratio counts. */
const ROUNDS = 3;
/** As the indexer sends in a build. */
const CHUNK = 4_000;
const PAGE = 1_000;
const KINDS = ['courses', 'lessons'] as const;

/** How long `reindex search` takes beside loading the same documents straight into the same engine. */
export const rebuild: Part = async ({ stack, databaseUrl, redisUrl, pool, print }) => {
  const search = await startSearch(stack);
  const indexer = await startIndexer(stack, { databaseUrl, redisUrl, prefix: PREFIX, search });
  try {
    const rounds: { rebuilt: number; straight: number }[] = [];
    let documents = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const rebuilt = await reindex(pool, 'search');
      const { seconds: straight, count } = await loadStraight(search);
      documents = count;
      rounds.push({ rebuilt, straight });
      print(`  rebuilt in ${rebuilt.toFixed(1)} s, loaded straight in ${straight.toFixed(1)} s`);
    }
    const ratios = rounds.map(({ rebuilt, straight }) => rebuilt / straight).toSorted((a, b) => a - b);
    const note = `${documents.toLocaleString('en')} documents, ${search.description}; rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`;
    const median = ratios[Math.floor(ratios.length / 2)] ?? Number.NaN;
    return [figure('full rebuild of search to a straight load', median, '×', { target: TARGET_RATIO, note })];
  } finally {
    await indexer.stop();
  }
};

/** Loads what the index in use holds into new indexes with the same settings, and removes them. */
async function loadStraight({
  url,
  masterKey,
  indexPrefix,
}: SearchServer): Promise<{ seconds: number; count: number }> {
  const client = new Meilisearch({ host: url, apiKey: masterKey });
  const wait = { timeout: JOB_TIMEOUT_MS, interval: 20 };
  let milliseconds = 0;
  let count = 0;
  const { results } = await client.getIndexes({ limit: 1_000 });
  for (const kind of KINDS) {
    // Of the generations that there are the latest is in use.
    const uids = results.map(({ uid }) => uid).filter((uid) => uid.startsWith(`${indexPrefix}${kind}_g`));
    const source = client.index(uids.toSorted((a, b) => generationOf(a) - generationOf(b)).at(-1) ?? '');
    const documents = [];
    for (let offset = 0; ; offset += PAGE) {
      const page = await source.getDocuments({ offset, limit: PAGE });
      documents.push(...page.results);
      if (page.results.length < PAGE) break;
    }
    const copy = `${indexPrefix}straight_${kind}`;
    await client.createIndex(copy, { primaryKey: 'id' }).waitTask(wait);
    await client
      .index(copy)
      .updateSettings(await source.getSettings())
      .waitTask(wait);
    const started = performance.now();
    const tasks = [];
    for (let start = 0; start < documents.length; start += CHUNK) {
      tasks.push(await client.index(copy).addDocuments(documents.slice(start, start + CHUNK)));
    }
    for (const { taskUid } of tasks) {
      const { status } = await client.tasks.waitForTask(taskUid, wait);
      if (status !== 'succeeded') throw new Error(`loading straight ended as ${status}`);
    }
    milliseconds += performance.now() - started;
    count += documents.length;
    await client.deleteIndex(copy).waitTask(wait);
  }
  return { seconds: milliseconds / 1000, count };
}

const generationOf = (uid: string): number => Number(/_g(\d+)/.exec(uid)?.[1] ?? 0);
