import type { Unversioned } from '../projections/draft-change.ts';
import type { Difference } from './inspector.ts';

/** A document of which it is certain that it differs. */
export interface Finding {
  key: string;
  difference: Difference;
}

export interface Settled {
  differing: Finding[];
  /** They changed at each look. */
  unsettled: string[];
}

/** How documents are looked at again. */
export interface SecondLook {
  /** As they stand in Postgres now, in the order of the keys. */
  load(keys: readonly string[]): Promise<Unversioned[]>;
  /** Ends when the sink has everything that was committed before the call. Throws when it does not come that far. */
  catchUp(): Promise<void>;
  compare(expected: readonly Unversioned[]): Promise<(Difference | null)[]>;
}

const MAX_LOOKS = 5;

/**
 * Tells what is merely in flight from what differs: a document differs for certain when twice in a row the sink has passed
 * everything that was committed when it was loaded and still holds something else, and Postgres says the same all the
 * time. One look would blame what was changed and changed back while it was taken: a count that went up and down again.
 */
export async function settle(suspects: readonly string[], look: SecondLook): Promise<Settled> {
  const differing: Finding[] = [];
  const seenToDiffer = new Map<string, string>();
  let left = [...suspects];
  for (let looks = 0; looks < MAX_LOOKS && left.length > 0; looks += 1) {
    const before = await look.load(left);
    await look.catchUp();
    const differences = await look.compare(before);
    const after = await look.load(left);
    const uncertain: string[] = [];
    for (const [index, key] of left.entries()) {
      const difference = differences[index] ?? null;
      if (difference === null) continue;
      const content = JSON.stringify(before[index]);
      const isStill = content === JSON.stringify(after[index]);
      if (isStill && seenToDiffer.get(key) === content) differing.push({ key, difference });
      else uncertain.push(key);
      if (isStill) seenToDiffer.set(key, content);
    }
    left = uncertain;
  }
  return { differing, unsettled: left };
}
