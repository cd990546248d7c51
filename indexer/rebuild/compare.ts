import type { Position } from '@eduplatform/contracts/positions';
import type { HeldEntry, HeldView } from '../sinks/held-view.ts';

export type Verdict = 'same' | 'behind' | 'renewed' | 'missing';

/**
 * Compares what the generation in use holds of a document with what the next one does. Everything in the next one was
 * loaded at or after `horizon`, so what it lacks was not there then.
 * behind: the one in use has a later version with another content. missing: only the one in use has it, from before.
 * renewed: the next one has another content that is at least as new. Pure.
 */
export function compareEntries(live: HeldEntry, next: HeldEntry | undefined, horizon: Position): Verdict {
  if ((next?.hash ?? null) === live.hash) return 'same';
  const version = next === undefined || next.version < horizon ? horizon : next.version;
  if (version < live.version) return 'behind';
  return next === undefined || next.hash === null ? 'missing' : 'renewed';
}

/** Differences are kept by name up to so many; more than that say that something is wrong with the whole. */
export const MAX_SUSPECTS = 10_000;

export interface Comparison {
  compared: number;
  /** Contents that the next generation has otherwise, and at least as new. */
  renewed: number;
  /** Documents that only the generation in use has. */
  missing: number;
  /** Keys that may be behind; the two were looked at one after the other. */
  suspects: string[];
}

/** Streams through the generation in use, page by page, and compares each document with the next generation. */
export async function compareGenerations(
  live: Pick<HeldView, 'entries'>,
  next: Pick<HeldView, 'find'>,
  { horizon, signal, onPage }: { horizon: Position; signal: AbortSignal; onPage: (compared: number) => Promise<void> },
): Promise<Comparison> {
  const result: Comparison = { compared: 0, renewed: 0, missing: 0, suspects: [] };
  for await (const page of live.entries()) {
    signal.throwIfAborted();
    const found = await next.find(page.map(({ key }) => key));
    for (const entry of page) {
      const verdict = compareEntries(entry, found.get(entry.key), horizon);
      if (verdict === 'behind') result.suspects.push(entry.key);
      else if (verdict !== 'same') result[verdict] += 1;
    }
    if (result.suspects.length > MAX_SUSPECTS) return result;
    result.compared += page.length;
    await onPage(result.compared);
  }
  return result;
}
