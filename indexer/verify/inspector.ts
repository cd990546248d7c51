import type { Unversioned } from '../projections/draft-change.ts';

/**
 * How what a sink holds differs from what stands in Postgres.
 * missing: it is not there. different: it has another content. damaged: what lies there is not what its hash says.
 * surplus: nothing in Postgres makes it. ahead: its version lies in the future, so that nothing can replace it.
 * foreign: it is no document at all.
 */
export type Difference = 'missing' | 'different' | 'damaged' | 'surplus' | 'ahead' | 'foreign';

/** A member that a list lacks, or that it has and no document stands for. */
export interface ListDifference {
  list: string;
  member: string;
  difference: 'missing' | 'surplus';
}

export interface ListCheck {
  members: number;
  differences: ListDifference[];
}

/** Looks into a read model by a connection of its own, without the sink that writes it. */
export interface Inspector {
  readonly readModel: 'redis' | 'search';
  /** How each document differs, null where it does not. A version beyond `limit`, read afterwards, lies in the future. */
  compare(expected: readonly Unversioned[], limit: () => Promise<string>): Promise<(Difference | null)[]>;
  /** Estimates how many documents there are. */
  count(): Promise<number>;
  /** Keys of the documents that are there and not known, a page at a time; a key may come twice. */
  unknownKeys(isKnown: (key: string) => boolean, onLooked: (documents: number) => void): AsyncIterable<string[]>;
  /**
   * Compares lists with the documents that stand in them, and mends them when told; each page is one atomic step of a
   * script that a later leader's epoch refuses.
   */
  lists?(mends: boolean): AsyncIterable<ListCheck>;
  close(): Promise<void>;
}
