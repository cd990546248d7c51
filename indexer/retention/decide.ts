import type { Position } from '@eduplatform/contracts/positions';
import type { SinkName } from '../leader/generations.ts';

/** A partition of the outbox that has ended. */
export interface Partition {
  name: string;
  /** No row in it is newer, in milliseconds since 1970. */
  endsAt: number;
  /** Its last row in the order of the stream; null: it is empty. */
  last: Position | null;
}

/** What a sink, or the next generation of one, still needs of the outbox. */
export interface Reader {
  sink: SinkName;
  /** It is the generation beside the one in use. */
  isNext: boolean;
  /** Where it stands: everything before this is in it. */
  position: Position;
  /** The row that proves whose checkpoint it is; null: none. */
  lastRow: Position | null;
}

export interface Ages {
  /** Rows are kept for so long at least, so that a sink can be restored from a copy: milliseconds. */
  safetyMs: number;
  /** Rows are not kept for longer, whoever has not read them yet: milliseconds. */
  hardMs: number;
}

export interface Decision {
  partition: Partition;
  /** Readers that lose rows with it: they have to be built anew. */
  leftBehind: Reader[];
}

/**
 * Which partitions go, the oldest first. One with a checkpoint's row stays, however old: without that row, a checkpoint
 * is taken for one of another database. Nothing behind a partition that stays is dropped, so that what is left has no gap. Pure.
 */
export function decideRetention(
  partitions: readonly Partition[],
  readers: readonly Reader[],
  { safetyMs, hardMs }: Ages,
  now: number,
): Decision[] {
  const decisions: Decision[] = [];
  for (const partition of partitions.toSorted((a, b) => a.endsAt - b.endsAt)) {
    const age = now - partition.endsAt;
    const { last } = partition;
    const behind = last === null ? [] : readers.filter(({ position }) => position < last);
    // The partition that a row lies in is not known, but one that ends before the row does not have it.
    const isProof = last !== null && readers.some((reader) => reader.lastRow !== null && holds(reader, last));
    if (age < safetyMs || isProof || (behind.length > 0 && age < hardMs)) return decisions;
    decisions.push({ partition, leftBehind: behind });
  }
  return decisions;
}

/** A reader that is past the partition, by a row that may lie in it. */
const holds = ({ position, lastRow }: Reader, last: Position): boolean =>
  position >= last && lastRow !== null && lastRow <= last;
