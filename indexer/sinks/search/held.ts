import type { Meilisearch } from 'meilisearch';

/** What an index holds of a document. */
export interface HeldDocument {
  id: string;
  v: string;
  h?: string;
}

const LOOK_UP = 1000;

/** Version and hash of those documents that the index has, by id. By POST: so many ids do not fit into a URL. */
export async function heldDocuments(
  client: Meilisearch,
  index: string,
  ids: string[],
): Promise<Map<string, HeldDocument>> {
  const chunks: string[][] = [];
  for (let start = 0; start < ids.length; start += LOOK_UP) chunks.push(ids.slice(start, start + LOOK_UP));
  const pages = await Promise.all(
    chunks.map((chunk) =>
      client.httpRequest.post<{ results: HeldDocument[] }>({
        path: `indexes/${index}/documents/fetch`,
        body: { ids: chunk, fields: ['id', 'v', 'h'], limit: chunk.length },
      }),
    ),
  );
  return new Map(pages.flatMap(({ results }) => results.map((document) => [document.id, document])));
}
