import type { Position } from './positions.ts';

/** A membership in a sorted list. Lists are ordered by member (all scores are 0), so a member is its own keyset cursor. */
export interface ListMembership {
  list: string;
  member: string;
}

/**
 * What passes from projections to sinks: plain data, so that a broker can stand between the two.
 * `key` names the document within its sink; a sink takes it only when `version` is greater than what it holds.
 */
export type DocumentChange =
  | {
      key: string;
      version: Position;
      /** JSON text, stored and sent as it is. */
      body: string;
      lists?: ListMembership[];
      /** JSON text of a guard that is kept beside the body and never sent. */
      guard?: string;
      /** Also where the sink holds the same hash: what it holds beside that was found to be damaged. */
      isForced?: true;
    }
  | { key: string; version: Position; tombstone: true };
