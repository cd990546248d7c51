import type { EnqueuedTask, Meilisearch } from 'meilisearch';
import { chunksOf } from '../chunks.ts';
import type { Addition, Plan } from './plan.ts';
import { allSucceeded } from './tasks.ts';

/** One task each. Larger ones are faster per document, but are held in memory whole, here and by the server. */
const CHUNK = { maxItems: 2_000, maxSize: 16_000_000, sizeOf: ({ line }: Addition) => line.length };

/** Sends what was planned for an index and waits until all of it has succeeded. */
export async function sendPlan(
  client: Meilisearch,
  indexName: string,
  { additions, deletions }: Plan,
  customMetadata: string,
): Promise<void> {
  const index = client.index(indexName);
  const tasks: Promise<EnqueuedTask>[] = [];
  for (const chunk of chunksOf(additions, CHUNK)) {
    const lines = chunk.map(({ line }) => line).join('\n');
    tasks.push(index.addDocumentsFromString(lines, 'application/x-ndjson', { customMetadata }));
  }
  if (deletions.length > 0) {
    tasks.push(
      index.deleteDocuments(
        deletions.map(({ id }) => id),
        { customMetadata },
      ),
    );
  }
  await allSucceeded(client, tasks);
}
