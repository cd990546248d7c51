import type { EnqueuedTask, Meilisearch } from 'meilisearch';
import { chunksOf } from '../chunks.ts';
import type { Addition, Plan } from './plan.ts';

/** One task each. Larger ones are faster per document, but are held in memory whole, here and by the server. */
const CHUNK = { maxItems: 2_000, maxSize: 8_000_000, sizeOf: ({ line }: Addition) => line.length };

/** Additions that went out together. */
export interface SentChunk {
  additions: readonly Addition[];
  /** Its task, or why it was not taken on. */
  taskUid: number | null;
  failure: unknown;
}

/** What is under way to one index. */
export interface SentPlan {
  index: string;
  chunks: SentChunk[];
  deletionTask: number | null;
}

export async function addDocuments(
  client: Meilisearch,
  index: string,
  additions: readonly Addition[],
  customMetadata: string,
): Promise<EnqueuedTask> {
  const lines = additions.map(({ line }) => line).join('\n');
  return client.index(index).addDocumentsFromString(lines, 'application/x-ndjson', { customMetadata });
}

/** Hands what was planned for an index to the engine, in order. A chunk that is refused for its documents is told with the rest. */
export async function sendPlan(
  client: Meilisearch,
  index: string,
  { additions, deletions }: Plan,
  customMetadata: string,
  isRefusal: (error: unknown) => boolean,
): Promise<SentPlan> {
  const chunks: SentChunk[] = [];
  for (const chunk of chunksOf(additions, CHUNK)) {
    try {
      const { taskUid } = await addDocuments(client, index, chunk, customMetadata);
      chunks.push({ additions: chunk, taskUid, failure: undefined });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      chunks.push({ additions: chunk, taskUid: null, failure: error });
    }
  }
  if (deletions.length === 0) return { index, chunks, deletionTask: null };
  const ids = deletions.map(({ id }) => id);
  const { taskUid } = await client.index(index).deleteDocuments(ids, { customMetadata });
  return { index, chunks, deletionTask: taskUid };
}
