import type { Meilisearch, Settings } from 'meilisearch';
import {
  besideIndexName,
  parseBesideIndexName,
  parseSearchIndexName,
  SEARCH_INDEX_KINDS,
  SEARCH_SETTINGS,
  searchIndexName,
} from '@eduplatform/contracts/search-index';
import { FencedError } from '../sink.ts';
import { searchErrorCode } from './client.ts';
import { allSucceeded, succeeded } from './tasks.ts';

const MAX_INDEXES = 1000;

export interface FoundIndex {
  uid: string;
  kind: (typeof SEARCH_INDEX_KINDS)[number];
  generation: number;
  epoch: number;
  /** Not in use by readers: being built, or kept for a rollback. */
  isBeside: boolean;
}

/** The indexes under a prefix, of all generations. */
export async function findIndexes(client: Meilisearch, prefix: string): Promise<FoundIndex[]> {
  const { results } = await client.getRawIndexes({ limit: MAX_INDEXES });
  return results.flatMap(({ uid }): FoundIndex[] => {
    const name = parseSearchIndexName(prefix, uid);
    if (name) return [{ uid, ...name, isBeside: false }];
    const beside = parseBesideIndexName(prefix, uid);
    return beside ? [{ uid, ...beside, isBeside: true }] : [];
  });
}

/** Throws FencedError when an index already carries the name of a later epoch. */
export function assertNotFenced(found: FoundIndex[], epoch: number): void {
  const latest = found.toSorted((a, b) => b.epoch - a.epoch)[0];
  if (latest && latest.epoch > epoch) throw new FencedError(`there is ${latest.uid}`, latest.epoch);
}

/** Whether a generation has all its indexes. */
export const isComplete = (found: FoundIndex[], generation: number): boolean =>
  SEARCH_INDEX_KINDS.every((kind) => found.some((index) => index.kind === kind && index.generation === generation));

/**
 * Gives all indexes the names of this epoch, those of the generation in use plain ones, in one task that waits for those
 * before it. From then on, whatever an earlier leader still sends for the old names fails, and readers who ask the server
 * find the generation in use.
 */
export async function renameToEpoch(
  master: Meilisearch,
  prefix: string,
  found: FoundIndex[],
  { generation, epoch }: { generation: number; epoch: number },
): Promise<void> {
  const swaps = found.flatMap((index) => {
    const name = indexName(prefix, index.kind, { ...index, epoch, isBeside: index.generation !== generation });
    return name === index.uid ? [] : [{ indexes: [index.uid, name] as [string, string], rename: true }];
  });
  if (swaps.length > 0) await succeeded(master, master.swapIndexes(swaps));
}

export interface IndexPlace {
  generation: number;
  epoch: number;
  isBeside: boolean;
}

export const indexName = (
  prefix: string,
  kind: FoundIndex['kind'],
  { generation, epoch, isBeside }: IndexPlace,
): string => (isBeside ? besideIndexName : searchIndexName)(prefix, kind, generation, epoch);

/** Makes the empty indexes of a generation, with their settings before the first document. */
export async function createIndexes(master: Meilisearch, prefix: string, place: IndexPlace): Promise<void> {
  const names = SEARCH_INDEX_KINDS.map((kind) => indexName(prefix, kind, place));
  await allSucceeded(
    master,
    names.map((name) => master.createIndex(name, { primaryKey: 'id' })),
  );
  await applySettings(master, prefix, place);
}

/** Removes the indexes of all generations that `isGarbage` names, one after the other. */
export async function removeGenerations(
  master: Meilisearch,
  prefix: string,
  isGarbage: (generation: number) => boolean,
): Promise<void> {
  for (const { uid, generation } of await findIndexes(master, prefix)) {
    if (!isGarbage(generation)) continue;
    await succeeded(master, master.deleteIndex(uid)).catch((error: unknown) => {
      // Renamed by a newer leader, who removes it then.
      if (searchErrorCode(error) !== 'index_not_found') throw error;
    });
  }
}

/** The contract's settings are read-only; the client's type is not. */
const settingsOf = (kind: FoundIndex['kind']): Settings => {
  const { searchableAttributes, filterableAttributes, ...rest } = SEARCH_SETTINGS[kind];
  const settings: Settings = {
    searchableAttributes: [...searchableAttributes],
    filterableAttributes: [...filterableAttributes],
  };
  if ('sortableAttributes' in rest) {
    settings.sortableAttributes = [...rest.sortableAttributes];
    settings.rankingRules = [...rest.rankingRules];
    settings.faceting = rest.faceting;
    settings.pagination = rest.pagination;
  }
  return settings;
};

/**
 * Brings the settings to what this version asks for; the server does nothing where they are the same. These tasks also
 * wait for those before them, so that nothing an earlier attempt left in the queue comes later.
 */
export async function applySettings(master: Meilisearch, prefix: string, place: IndexPlace): Promise<void> {
  await allSucceeded(
    master,
    SEARCH_INDEX_KINDS.map((kind) => master.index(indexName(prefix, kind, place)).updateSettings(settingsOf(kind))),
  );
}
