import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { BuildMark } from '../checkpoint.ts';

export interface LoadedPage {
  /** The last key in it. */
  mark: BuildMark;
  changes: DocumentChange[];
  /** Keys in it. */
  size: number;
}

/** Of the documents that are put together: a few long lessons are as much as thousands of short ones. */
const MAX_CHARACTERS = 16_000_000;

/**
 * The pages in the same order, put together until each has as many changes as are wanted then, or as many characters as fit:
 * sinks take few large writes faster than many small ones, a search engine many times so.
 */
export async function* gather(
  pages: AsyncIterable<LoadedPage>,
  wanted: () => number,
  maxCharacters = MAX_CHARACTERS,
): AsyncGenerator<LoadedPage> {
  let gathered: LoadedPage | undefined;
  let characters = 0;
  for await (const { mark, changes, size } of pages) {
    gathered ??= { mark, changes: [], size: 0 };
    gathered.mark = mark;
    gathered.size += size;
    for (const change of changes) {
      gathered.changes.push(change);
      characters += 'body' in change ? change.body.length : 0;
    }
    if (gathered.changes.length < wanted() && characters < maxCharacters) continue;
    yield gathered;
    gathered = undefined;
    characters = 0;
  }
  if (gathered) yield gathered;
}
