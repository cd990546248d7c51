import { setTimeout as delay } from 'node:timers/promises';
import type { Arena } from './arena.ts';
import type { ServerProcess } from './server-process.ts';

export interface Scenario {
  name: string;
  /** Part of the short form. */
  isShort?: boolean;
  /** Why it cannot be played here; null: it can. */
  missing?: (arena: Arena) => string | null;
  /** Brings the fault about while the writers work, and heals what does not heal by itself. */
  run: (arena: Arena, options: { isLong: boolean }) => Promise<void>;
}

/** Lets the writers work for so long: of a fault in time, the time is the point. */
export const meanwhile = (milliseconds: number): Promise<void> => delay(milliseconds);

export const needsOwnSearch = ({ search }: Arena): string | null =>
  search ? null : 'the search server is yours (MEILI_URL), so it is not stopped';

/** The indexer that was started first; it leads unless it was killed since. */
export function leaderOf({ indexers }: Arena): ServerProcess {
  const leader = indexers.find(({ isRunning }) => isRunning);
  if (!leader) throw new Error('no indexer runs');
  return leader;
}

/** Ends every indexer but the first, and has that one run and ready. */
export async function onlyFirst({ indexers: [first, ...others] }: Arena): Promise<void> {
  for (const other of others) await other.kill();
  if (first && !first.isRunning) await first.start(false);
  await first?.whenReady();
}
