import type { Difference, ListDifference } from './inspector.ts';
import type { Finding } from './settle.ts';

/** documents: Postgres is gone through, by keys of the projections; surplus: the read model; lists: their members. */
export interface VerifyProgress {
  phase: 'documents' | 'surplus' | 'lists';
  done: number;
  /** An estimate; 0 where nothing is known. */
  total: number;
}

export interface NamedDifference {
  /** Of a document, or of a list. */
  key: string;
  /** Only in a list. */
  member?: string;
  difference: Difference;
  isMended: boolean;
}

export interface VerifyResult {
  /** Documents that stand in Postgres. */
  documents: number;
  /** Members of lists that documents name. */
  members: number;
  /** Documents and members that differ, also those that were mended. */
  drift: number;
  mended: number;
  /** Documents that changed at every look: they were not judged. */
  unsettled: number;
  byDifference: Partial<Record<Difference, number>>;
  /** The first of those that differ. */
  differences: NamedDifference[];
}

const NAMED = 1000;

/** Collects what a verification finds; only the first differences are named, all are counted. */
export class Report {
  readonly #result: VerifyResult = {
    documents: 0,
    members: 0,
    drift: 0,
    mended: 0,
    unsettled: 0,
    byDifference: {},
    differences: [],
  };

  compared(documents: number): void {
    this.#result.documents += documents;
  }

  comparedMembers(members: number): void {
    this.#result.members += members;
  }

  unsettled(documents: number): void {
    this.#result.unsettled += documents;
  }

  found({ key, difference }: Finding, isMended: boolean): void {
    this.#add({ key, difference, isMended });
  }

  foundInList({ list, member, difference }: ListDifference, isMended: boolean): void {
    this.#add({ key: list, member, difference, isMended });
  }

  result(): VerifyResult {
    return this.#result;
  }

  #add(named: NamedDifference): void {
    const { byDifference, differences } = this.#result;
    this.#result.drift += 1;
    if (named.isMended) this.#result.mended += 1;
    byDifference[named.difference] = (byDifference[named.difference] ?? 0) + 1;
    if (differences.length < NAMED) differences.push(named);
  }
}
