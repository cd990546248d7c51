import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Position } from '@eduplatform/contracts/positions';

/** What a generation holds of a document. */
export interface HeldEntry {
  key: string;
  version: Position;
  /** Of its content; null: a tombstone. */
  hash: string | null;
}

/** A look into the generation that a sink has open; may be used beside its writes. */
export interface HeldView {
  /** Every document and tombstone, a page at a time; some may come twice. */
  entries(): AsyncIterable<HeldEntry[]>;
  /** By key; keys that it does not know are left out. */
  find(keys: readonly string[]): Promise<Map<string, HeldEntry>>;
  /** The hash that a document would be held with; null of a tombstone. */
  hashOf(change: DocumentChange): string | null;
}
