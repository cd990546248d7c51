import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { BuildMark } from '../checkpoint.ts';

export interface LoadedPage {
  /** The last key in it. */
  mark: BuildMark;
  changes: DocumentChange[];
  /** Keys in it. */
  size: number;
}

/**
 * The pages in the same order, put together until each has as many changes as are wanted then: sinks take few large writes
 * faster than many small ones, a search engine many times so.
 */
export async function* gather(pages: AsyncIterable<LoadedPage>, wanted: () => number): AsyncGenerator<LoadedPage> {
  let gathered: LoadedPage | undefined;
  for await (const page of pages) {
    gathered = {
      mark: page.mark,
      changes: gathered ? [...gathered.changes, ...page.changes] : page.changes,
      size: page.size + (gathered?.size ?? 0),
    };
    if (gathered.changes.length < wanted()) continue;
    yield gathered;
    gathered = undefined;
  }
  if (gathered) yield gathered;
}
